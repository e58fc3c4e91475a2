import os

import numpy as np
import pytest

from store_scenes.models.mesh import FAR_SIZE
from vr_client.net import far_art
from vr_client.net.far_art import FarArtFolder


def picture(seed):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (FAR_SIZE, FAR_SIZE, 4), dtype=np.uint8)


def key(number):
    return bytes([number]) * 16


def test_what_was_kept_comes_back_in_another_run(tmp_path):
    FarArtFolder(tmp_path).put(key(1), picture(1))
    again = FarArtFolder(tmp_path)
    assert np.array_equal(again.get(key(1)), picture(1))
    assert again.get(key(2)) is None
    assert not list(tmp_path.rglob(".part-*"))


@pytest.mark.parametrize("content", [b"", b"not compressed", bytes(10_000_000)])
def test_a_damaged_file_is_no_picture(tmp_path, content):
    folder = FarArtFolder(tmp_path)
    folder.put(key(1), picture(1))
    (path,) = tmp_path.rglob("*.zst")
    path.write_bytes(content)
    assert folder.get(key(1)) is None


def test_a_picture_of_another_size_is_none(tmp_path):
    folder = FarArtFolder(tmp_path)
    folder.put(key(1), picture(1)[:5])
    assert folder.get(key(1)) is None
    folder.put(key(2), np.zeros((4096, 4096, 4), np.uint8))
    assert folder.get(key(2)) is None


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path):
    (tmp_path / "file").write_text("in the way")
    folder = FarArtFolder(tmp_path / "file")
    folder.put(key(1), picture(1))
    assert folder.get(key(1)) is None


def test_the_oldest_go_beyond_the_bound(tmp_path, monkeypatch):
    folder = FarArtFolder(tmp_path)
    for number in range(4):
        folder.put(key(number), picture(number))
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.zst")]
    for number in range(4):
        path = tmp_path / key(number).hex()[:2] / f"{key(number).hex()}.zst"
        os.utime(path, (1000 + number, 1000 + number))
    monkeypatch.setattr(far_art, "FOLDER_BYTES_MAX", sum(sizes) * 5 // 8)
    folder.prune()
    assert [folder.get(key(number)) is not None for number in range(4)] == [False] * 2 + [True] * 2
