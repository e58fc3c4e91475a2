"""Folders of pictures: written whole or not at all, read back pixel for pixel."""

import json

import numpy as np
import pytest
from PIL import Image

from catalog_sync.model.failure import Failure
from vr_client.replay.pictures import (
    FolderFacts,
    KeptPictures,
    PictureFolder,
    line_of,
    write_difference,
)
from vr_client.replay.player import Played
from vr_client.replay.showing import FilmSink, VerifySink

FACTS = FolderFacts(1, "0", "r" * 32, "llvmpipe", "eyes", (6, 4), ())
RANDOM = np.random.default_rng(4)
FRAMES = [
    (Played(n, n / 15.0, n != 2, {"cart": bytes([n])}),
     [RANDOM.integers(0, 256, (4, 6, 3), dtype=np.uint8) for _ in range(eyes)])
    for n, eyes in enumerate((1, 2, 0, 2, 1))
]  # fmt: skip


def write(folder):
    made = PictureFolder(folder)
    for played, pictures in FRAMES:
        made.add(line_of(played, pictures), pictures)
    made.finish(FACTS)
    return folder


def test_a_folder_gives_back_every_picture(tmp_path):
    kept = KeptPictures(write(tmp_path / "a"))
    for played, pictures in FRAMES:
        line, back = kept.next_frame()
        assert (line.frame, line.time_s) == (played.index, played.time_s)
        assert len(back) == len(pictures)
        assert all((one == two).all() for one, two in zip(back, pictures, strict=True))
    assert kept.next_frame() is None
    kept.close()
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["frames.json", "pictures.zst"]
    said = json.loads((tmp_path / "a" / "frames.json").read_text(encoding="utf-8"))
    assert (said["size"], len(said["frames"]), len(said["frames"][1]["pictures"])) == ([6, 4], 5, 2)


def test_a_folder_that_is_given_up_keeps_what_it_had(tmp_path):
    folder = write(tmp_path / "a")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = PictureFolder(folder)
    again.add(line_of(*FRAMES[0]), FRAMES[0][1])
    again.abandon()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_is_no_folder(tmp_path):
    path = tmp_path / "a.rec"
    path.write_text("mine", encoding="utf-8")
    for taken in (path, path / "inside"):
        with pytest.raises(Failure, match="is a file: --out takes a folder"):
            PictureFolder(taken)
    assert path.read_text(encoding="utf-8") == "mine"


def verified(folder, frames):
    sink = VerifySink(KeptPictures(folder), folder / "difference")
    for played, pictures in frames:
        found = sink.take(played, pictures)
        if found is not None:
            sink.abandon()
            return found
    return sink.finish(FACTS)


def test_the_same_pictures_are_the_same(tmp_path):
    folder = write(tmp_path / "a")
    assert verified(folder, FRAMES) is None
    assert not (folder / "difference").exists()


def test_one_code_of_one_pixel_is_found_and_both_pictures_written(tmp_path):
    folder = write(tmp_path / "a")
    changed = [(played, [p.copy() for p in pictures]) for played, pictures in FRAMES]
    changed[3][1][1][2, 3, 1] ^= 1
    found = verified(folder, changed)
    assert (found.frame, found.time_s) == (3, 3 / 15.0)
    assert "looks different to eye 1 in 1 of 24 pixels" in found.sentence
    pictures = {
        path.stem.rpartition("-")[2]: np.asarray(Image.open(path))
        for path in (folder / "difference").iterdir()
    }
    assert (pictures["before"] == FRAMES[3][1][1]).all()
    assert (pictures["now"] == changed[3][1][1]).all()
    assert pictures["difference"][2, 3].tolist() == [0, 255, 0]
    assert pictures["difference"].sum() == 255


def test_more_fewer_and_other_frames_are_found(tmp_path):
    folder = write(tmp_path / "a")
    assert "is missing now" in verified(folder, FRAMES[:-1]).sentence
    extra = (Played(5, 0.4, True, {}), FRAMES[0][1])
    assert "one more" in verified(folder, [*FRAMES, extra]).sentence
    blind = [(FRAMES[0][0], [])]
    assert "has 0 pictures where there were 1" in verified(folder, blind).sentence
    other = [(Played(0, 0.0, True, {"cart": b"other"}), FRAMES[0][1])]
    assert "leaves another state" in verified(folder, other).sentence


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        ("frames.json", lambda raw: raw[:40], "damaged"),
        ("frames.json", lambda _: b"[]", "damaged"),
        ("frames.json", lambda raw: raw.replace(b"6,", b"99999999,", 1), "another kind"),
        ("frames.json", lambda raw: raw.replace(b'"schema": 1', b'"schema": 2'), "another kind"),
        ("pictures.zst", lambda raw: raw[:20], "damaged"),
        ("pictures.zst", lambda raw: b"x" * len(raw), "damaged"),
    ],
)
def test_a_damaged_folder_ends_in_a_sentence(tmp_path, name, spoil, said):
    folder = write(tmp_path / "a")
    path = folder / name
    path.write_bytes(spoil(path.read_bytes()))

    def read():
        kept = KeptPictures(folder)
        try:
            while kept.next_frame() is not None:
                pass
        finally:
            kept.close()

    with pytest.raises(Failure, match=said):
        read()


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(Failure, match="takes a folder that `endcap replay --out` wrote"):
        KeptPictures(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Failure, match="is a file: --out takes a folder"):
        PictureFolder(tmp_path / "file")
    with pytest.raises(Failure, match="Cannot write into"):
        write_difference(tmp_path / "file", 0, 0, FRAMES[0][1][0], FRAMES[0][1][0])


def test_a_film_shows_each_frame_for_as_long_as_it_was_seen_and_waits_for_nobody(tmp_path):
    import av

    sink = FilmSink(tmp_path / "a.mp4", (64, 48))
    grey = [np.full((48, 64, 3), code, np.uint8) for code in (40, 120, 200, 250)]
    for number, (time_s, shade) in enumerate(((0.0, 0), (0.5, 1), (1.0, 2), (90.0, 3))):
        assert sink.wants(time_s)
        sink.take(Played(number, time_s, drawn=True, state={}), [grey[shade]])
    assert not sink.wants(90.01)
    sink.finish(FACTS)
    with av.open(str(tmp_path / "a.mp4")) as film:
        shades = [frame.to_ndarray(format="gray").mean() for frame in film.decode(video=0)]
    assert 30 <= len(shades) <= 34
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
    again = FilmSink(tmp_path / "b.mp4", (64, 48))
    again.take(Played(0, 0.0, drawn=True, state={}), [grey[0]])
    again.abandon()
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
