"""What a person can mend ends in one sentence on standard error and exit code 2."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from store_scenes.demo import demo_store

ENDCAP = Path(sys.executable).with_name("endcap")
WAIT_S = 60


def endcap(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ENDCAP), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


def the_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("endcap: ")
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(demo_store(), folder)
    return folder


@contextlib.contextmanager
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_broken_toml_names_the_file_and_the_line(store):
    document = store / "store.toml"
    document.write_text("\n\nid == 3\n" + document.read_text(encoding="utf-8"), encoding="utf-8")
    for command in ("check", "serve"):
        sentence = the_sentence(endcap(command, store))
        assert "store.toml" in sentence
        assert "line 3" in sentence


def test_an_unknown_product_is_an_error_of_the_check_and_never_served(store):
    planogram = min((store / "planograms").glob("*.toml"))
    text = planogram.read_text(encoding="utf-8")
    first = text.split('sku = "')[1].split('"')[0]
    planogram.write_text(text.replace(f'sku = "{first}"', 'sku = "NO-SUCH"', 1), encoding="utf-8")
    checked = endcap("check", store)
    assert checked.returncode == 1
    assert "NO-SUCH" in checked.stdout
    assert planogram.name in checked.stdout
    assert "NO-SUCH" in the_sentence(endcap("serve", store, "--port", "0"))


def test_a_port_in_use_is_named(store):
    with taken_port() as port:
        assert str(port) in the_sentence(endcap("serve", store, "--port", port))


def test_no_server_says_how_to_start_one(tmp_path):
    with taken_port() as port:
        pass
    sentence = the_sentence(
        endcap("shop", "--server", f"http://127.0.0.1:{port}", "--headset", "scripted")
    )
    assert "endcap serve" in sentence


def test_no_store_folder(tmp_path):
    for command in ("check", "serve", "cook"):
        assert "store.toml" in the_sentence(endcap(command, tmp_path / "nowhere"))


def test_a_catalogue_in_no_known_encoding_leaves_no_file_behind(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_bytes(b"sku,name,price\nA-1,\x81\xff\x8d,1000\n")
    out = tmp_path / "catalog.csv"
    assert "UTF-8" in the_sentence(endcap("catalog", "import", feed, "--out", out))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["feed.csv"]


def test_no_opengl_says_what_to_install(store, tmp_path):
    nowhere = str(tmp_path / "no-driver")
    sentence = the_sentence(
        endcap(
            "render",
            store,
            "-o",
            tmp_path / "x.png",
            __EGL_VENDOR_LIBRARY_FILENAMES=nowhere,
            LIBGL_DRIVERS_PATH=nowhere,
        )
    )
    assert "OpenGL" in sentence
    assert not (tmp_path / "x.png").exists()


def test_no_font_says_what_to_install(store, tmp_path):
    sentence = the_sentence(
        endcap("render", store, "-o", tmp_path / "x.png", ENDCAP_FONT=str(tmp_path / "none.ttf"))
    )
    assert "none.ttf" in sentence
    assert "font" in sentence.lower()


BLOCK_NATIVE = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"moderngl", "glcontext", "glfw", "imgui_bundle", "skia"}:
            raise ImportError(f"{name}: cannot open shared object file (no OpenGL on this machine)")

sys.meta_path.insert(0, Absent())
"""


def test_help_check_and_serve_run_where_no_graphics_library_loads(store, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(BLOCK_NATIVE)
    bare = {"PYTHONPATH": str(tmp_path)}
    assert endcap("--help", **bare).returncode == 0
    assert endcap("check", store, **bare).returncode == 0
    server = subprocess.Popen(
        [str(ENDCAP), "serve", str(store), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **bare},
    )
    try:
        assert " at http://127.0.0.1:" in server.stdout.readline()
    finally:
        server.terminate()
        assert server.wait(WAIT_S) == 0
        server.stdout.close()
    drawn = endcap("render", store, "-o", tmp_path / "x.png", **bare)
    assert "OpenGL" in the_sentence(drawn)
