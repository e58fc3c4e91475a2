import numpy as np
import pytest
from PIL import Image

from vr_client.screenshots import SAME_SECOND_MAX, PictureKeeper, write_new

PIXELS = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)


def test_pictures_of_one_second_have_names_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.strftime", lambda _how: "endcap-20260101-120000")
    keeper = PictureKeeper()
    for _ in range(3):
        keeper.keep(PIXELS)
        keeper.finish()
    names = [f"endcap-20260101-120000{end}.png" for end in ("", "-2", "-3")]
    assert keeper.told() == [f"picture_kept={name}" for name in names]
    assert keeper.told() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    with Image.open(tmp_path / names[2]) as kept:
        assert (np.asarray(kept) == PIXELS).all()


def test_a_folder_that_takes_no_file_is_told(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    keeper = PictureKeeper()
    folder.rmdir()
    monkeypatch.setattr("vr_client.screenshots.Path.cwd", lambda: folder)
    keeper.keep(PIXELS)
    keeper.finish()
    assert keeper.told() == [f"picture_lost={folder}"]


def test_what_was_there_is_never_written_over(tmp_path):
    for number in range(1, SAME_SECOND_MAX + 1):
        (tmp_path / ("x.png" if number == 1 else f"x-{number}.png")).touch()
    with pytest.raises(OSError, match="in one second"):
        write_new(tmp_path, "x", b"data")
    assert not any(path.stat().st_size for path in tmp_path.iterdir())
