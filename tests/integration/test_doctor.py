"""`endcap doctor`, the real command: what it says where things work, lack, or crash."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vr_client.doctor import command
from vr_client.doctor.command import asked
from vr_client.doctor.probes import PROBES

ENDCAP = Path(sys.executable).with_name("endcap")
NOWHERE = "http://127.0.0.1:9"


def doctor(*arguments, **environment):
    done = subprocess.run(
        [ENDCAP, "doctor", "--server", NOWHERE, *arguments],
        capture_output=True, text=True, timeout=120, env={**os.environ, **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


def answers(**environment):
    done = doctor("--json", **environment)
    tree = json.loads(done.stdout)
    return done, tree, {one["what"]: one for one in tree["answers"]}


def test_it_says_how_everything_is_and_what_to_do():
    done, tree, told = answers(DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, tree["schema"], tree["well"]) == (0, 1, True)
    assert list(told) == [
        "Endcap", "SteamVR", "OpenGL", "Window", "Font", "Cache", "Sound", "Extras", "Shop",
    ]  # fmt: skip
    assert len(told) == len(PROBES)
    assert told["Endcap"]["state"] == told["Font"]["state"] == "ok"
    assert told["Window"]["told"] == "there is no display here"
    assert told["Shop"]["state"] == "lacking"
    assert "endcap serve" in told["Shop"]["advice"]
    assert "llvmpipe" in told["OpenGL"]["told"]
    assert all(one["advice"] for one in told.values() if one["state"] != "ok")


def test_the_table_has_a_line_for_each_and_says_whether_one_can_shop():
    done = doctor(DISPLAY="", COLUMNS="200")
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines[1:10]] == [
        "Endcap", "SteamVR", "OpenGL", "Window", "Font", "Cache", "Sound", "Extras", "Shop",
    ]  # fmt: skip
    assert lines[-1].strip() == (
        "Nobody can look at a shop here: there is neither a headset nor a display."
    )


def test_without_a_font_or_opengl_nobody_shops(tmp_path):
    nowhere = str(tmp_path / "none")
    done, tree, told = answers(
        ENDCAP_FONT=f"{nowhere}.ttf", __EGL_VENDOR_LIBRARY_FILENAMES=nowhere,
        LIBGL_DRIVERS_PATH=nowhere,
    )  # fmt: skip
    assert (done.returncode, tree["well"]) == (1, False)
    assert told["Font"]["state"] == told["OpenGL"]["state"] == "broken"
    assert told["Endcap"]["state"] == "ok"


@pytest.mark.parametrize("registry", ["", "{", '{"runtime": 7}', '{"runtime": ["RUNTIME"]}'])
def test_a_damaged_steamvr_is_said_and_stops_nothing_else(tmp_path, registry):
    runtime = tmp_path / "runtime" / "bin" / "linux64"
    runtime.mkdir(parents=True)
    (runtime / "vrclient.so").write_bytes(b"\x7fELF junk" * 100)
    path = tmp_path / "openvrpaths.vrpath"
    path.write_text(registry.replace("RUNTIME", str(tmp_path / "runtime")))
    done, tree, told = answers(VR_PATHREG_OVERRIDE=str(path))
    assert (done.returncode, tree["well"]) == (0, True)
    steamvr = next(one for one in tree["answers"] if one["what"] in {"SteamVR", "Runtime"})
    assert steamvr["state"] != "ok"
    assert steamvr["advice"]
    assert told["Font"]["state"] == "ok"


@pytest.mark.parametrize(
    ("script", "says"),
    [("kill -SEGV $$", "crashed (SIGSEGV)"), ("exit 3", "crashed (exit code 3)"),
     ("echo nonsense", "crashed (exit code 0)")],
)  # fmt: skip
def test_a_probe_that_crashes_is_an_answer(tmp_path, monkeypatch, script, says):
    stand_in = tmp_path / "endcap"
    stand_in.write_text(f"#!/bin/sh\n{script}\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(command, "_script", lambda: str(stand_in))
    answer = asked("graphics", NOWHERE)
    assert (answer.what, answer.state) == ("Graphics", "broken")
    assert says in answer.told
    assert answer.advice


def test_a_probe_that_hangs_is_an_answer(tmp_path, monkeypatch):
    stand_in = tmp_path / "endcap"
    stand_in.write_text("#!/bin/sh\nexec sleep 30\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(command, "_script", lambda: str(stand_in))
    monkeypatch.setattr(command, "WAIT_S", 0.3)
    assert "no answer" in asked("graphics", NOWHERE).told


def test_there_is_no_other_probe():
    done = doctor("--probe", "moon")
    assert done.returncode == 2
    assert "There is no probe 'moon'" in done.stderr
