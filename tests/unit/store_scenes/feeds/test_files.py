"""Files that people name: links, modes, devices, pipes and the feed itself."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds.files import never_over, opened, whole_file

ENDCAP = Path(sys.executable).with_name("endcap")


def write(path, data=b"new"):
    with whole_file(path) as file:
        file.write(data)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


def test_a_link_stays_one_and_what_it_points_to_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "catalog.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(link)
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    nowhere = tmp_path / "nowhere.csv"
    nowhere.symlink_to(tmp_path / "far" / "made.csv")
    write(nowhere)
    assert (tmp_path / "far" / "made.csv").read_bytes() == b"new"
    assert sorted(path.name for path in (tmp_path / "far").iterdir()) == [
        "catalog.csv", "made.csv",
    ]  # fmt: skip


def test_a_file_keeps_its_mode_and_a_new_one_has_what_new_ones_have(tmp_path, umask):
    kept, made = tmp_path / "kept", tmp_path / "made"
    kept.write_bytes(b"old")
    kept.chmod(0o600)
    write(kept)
    write(made)
    assert (kept.read_bytes(), mode(kept), mode(made)) == (b"new", 0o600, 0o666 & ~umask)


def test_a_failure_half_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "catalog.csv"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half" * (1 // len(b"")))
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("catalog.csv", b"old")]


def test_a_device_is_written_to_and_stays_one(tmp_path):
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    write(link)
    write(Path("/dev/null"))
    assert link.is_symlink()
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Failure, match="folder is a folder, not a file"):
        write(tmp_path / "folder")
    with pytest.raises(Failure, match="pipe is a pipe that nothing reads"):
        write(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        with pytest.raises(Failure, match="is a socket, not a file"):
            write(tmp_path / "s")
    with pytest.raises(Failure, match="cannot be written: No such file or directory"):
        write(tmp_path / "none" / "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe", "s"]


def test_a_pipe_or_a_folder_is_no_feed_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, sentence in (
        (tmp_path / "pipe", "cannot be read: it is a pipe; save what it gives as a file first"),
        (tmp_path, "cannot be read: it is a folder; name a file in it"),
        (Path("/dev/zero"), "cannot be read: it is a device"),
    ):
        with pytest.raises(Failure, match=sentence), opened(path):
            pass


def test_no_source_is_written_over_by_whatever_name(tmp_path):
    feed, link = tmp_path / "feed.csv", tmp_path / "link.csv"
    feed.write_bytes(b"x")
    link.symlink_to(feed)
    with pytest.raises(Failure, match=r"--out .*link.csv is also the feed, which would be overwr"):
        never_over({"--out": link}, {"--prices": None, "the feed": feed})
    new = tmp_path / "new.csv"
    with pytest.raises(Failure, match=r"--report .* is also --out"):
        never_over({"--out": new, "--report": tmp_path / "." / "new.csv"}, {})
    never_over({"--out": new, "--report": tmp_path / "r.json"}, {"the feed": feed})
    never_over({"--out": Path("/dev/null"), "--report": Path("/dev/null")}, {})


def endcap(*arguments, folder):
    return subprocess.run(
        [ENDCAP, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("option", ["--out", "--report"])
@pytest.mark.parametrize("source", ["feed.csv", "prices.csv", "dimensions.csv"])
def test_an_import_never_overwrites_what_it_reads(tmp_path, option, source):
    texts = {
        "feed.csv": "sku,name\na,A\n", "prices.csv": "sku,price\na,1\n",
        "dimensions.csv": "sku,width,height,depth\na,1,1,1\n",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    said = {"--out": "c.csv", "--report": "r.json"} | {option: source}
    done = endcap(
        "catalog", "import", "feed.csv", "--prices", "prices.csv", "--dimensions",
        "dimensions.csv", *(word for pair in said.items() for word in pair), folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{option} {source} is also" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == texts


def test_a_catalogue_is_printed_and_nothing_else_with_it(tmp_path):
    (tmp_path / "feed.csv").write_text("sku,name,price,stock\na,A,1,1\n")
    done = endcap("catalog", "import", "feed.csv", "--out", "/dev/stdout", folder=tmp_path)
    assert done.returncode == 0
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["sku", "a"]
    assert "1 products of 1 rows" in done.stderr
    with (tmp_path / "kept.csv").open("w") as kept:
        subprocess.run(
            [ENDCAP, "catalog", "import", "feed.csv", "--out", "/dev/stdout"],
            cwd=tmp_path, stdout=kept, stderr=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    assert (tmp_path / "kept.csv").read_text() == done.stdout
