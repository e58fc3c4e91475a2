"""Recorded and replayed; cut short anywhere, damaged anywhere, of another kind, of another time."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_sync.model.failure import Failure
from tests.unit.vr_client.replay.recorded_visit import MadeShop, record_visit
from vr_client.app import App
from vr_client.frame_loop import run_frame
from vr_client.replay.camera import Undrawn
from vr_client.replay.command import Wishes, run_replay
from vr_client.replay.compact import pack_picture
from vr_client.replay.container import MAGIC, Writer
from vr_client.replay.digest import bytes_of, digest
from vr_client.replay.limits import HEADER_BYTES_MAX, SCHEMA
from vr_client.replay.player import Player
from vr_client.replay.recording import Recording, survey
from vr_client.replay.table import ENCODER, EndRecord, FrameRecord
from vr_client.state.events import ProductPointed, SceneReady
from vr_client.state.reduce import reduce as true_reduce

FRAMES = 40
ARRAYS = {
    "vertices": "dab73e70072b93d1",
    "indices": "7c16d4b67801be16",
    "meshes": "01930089ba646c08",
    "instances": "4bec7816ce8a34b5",
    "bounds": "6211138139b7af81",
    "product_of": "73349ebce759febf",
    "cells": "7cd570930aa4c2af",
    "draws": "62de1c6435cde039",
    "labels": "0e364e9b8856a4a7",
    "solids": "78441758b9f27379",
    "boards": "e4a6a0577479b2b4",
    "ceiling": "7c8900d4a93a5b1a",
    "signs": "927c8b3937a3eb7a",
    "art_far": "f4a33aa67ca77d06",
    "art_keys": "ab83b7131dbf4ace",
    "light": "e4a6a0577479b2b4",
    "colours": "e4a6a0577479b2b4",
}
SHOWN = (3, [21, 14])
"""What is in `schema-1.rec`: arrays by their digests; how many pictures came, and their values."""

PICTURE = pack_picture(np.ones((4, 4, 4), np.uint8))


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    path = tmp_path_factory.mktemp("visit") / "visit.rec"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vr_client.replay.recorder.FLUSH_S", 0.0)  # each frame reaches the disk
        _, app = record_visit(path, FRAMES)
    return path, app


def replayed(path):
    return run_replay(Wishes(path), lambda *_: None)


def read(path):
    """The survey, or what was said instead."""
    try:
        return survey(path), ""
    except Failure as failure:
        return None, str(failure)


def test_the_same_frames_lead_to_the_same_cart_and_the_same_state(visit):
    path, app = visit
    outcome = replayed(path)
    assert (outcome.frames, outcome.difference, outcome.survey.whole) == (FRAMES, None, True)
    assert app.state.cart.lines, "the visit put nothing in its cart"
    assert app.state.card_sku is not None
    with Recording(path) as recording:
        player = Player(recording.header, Undrawn())
        played = list(player.play(recording.frames()))
    now = player.app.state
    assert now.cart == app.state.cart
    assert now.products == app.state.products
    assert (now.panels, now.notice, now.pending) == (
        app.state.panels, app.state.notice, app.state.pending,
    )  # fmt: skip
    assert len({tuple(sorted(frame.state.items())) for frame in played}) > 10


def test_the_survey_tells_how_long_it_is_and_by_whom(visit):
    found = survey(visit[0])
    assert (found.frames, found.whole, found.size) == (FRAMES, True, (64, 48))
    assert found.seconds == pytest.approx((FRAMES - 1) / 30.0)
    assert found.header.device == "a test"
    assert found.header.settings.language == "en"
    assert len(found.header.id) == 32


def test_a_picture_in_shared_memory_is_recorded_as_it_was_when_it_came(tmp_path):
    class Watched(MadeShop):
        def __init__(self):
            super().__init__()
            self.came = []

        def take_art(self, limit):
            art = super().take_art(limit)
            self.came += [(key, None if p is None else int(p[0, 0, 0])) for key, p in art]
            return art

    shop = Watched()
    record_visit(tmp_path / "a.rec", shop=shop)
    with Recording(tmp_path / "a.rec") as recording:
        art = [entry for frame in recording.frames() for entry in frame.art]
    assert [(key, None if p is None else int(p[0, 0, 0])) for key, p in art] == shop.came
    values = {value for _, value in shop.came}
    assert None in values
    assert len(values) > 2
    assert all(p is None or (p == p[0, 0, 0]).all() for _, p in art)


def forgetful(state, event):
    """Puts nothing in the cart."""
    after = true_reduce(state, event)
    return replace(after, cart=state.cart) if after.cart.lines else after


def generous(state, event):
    """Opens every card with two on it."""
    after = true_reduce(state, event)
    return replace(after, card_quantity=2) if isinstance(event, ProductPointed) else after


@pytest.mark.parametrize(("planted", "field"), [(forgetful, "cart"), (generous, "card_quantity")])
def test_a_client_that_decides_otherwise_is_found_at_its_first_such_frame(
    visit, monkeypatch, planted, field
):
    monkeypatch.setattr("vr_client.app.reduce", planted)
    outcome = replayed(visit[0])
    found = outcome.difference
    assert found is not None
    assert found.fields == (field,)
    assert found.frame == outcome.frames > 2
    assert found.time_s == pytest.approx(found.frame / 30.0)
    assert found.sentence == f"frame {found.frame} at {found.time_s:.3f} s differs in {field}"
    assert outcome.as_json()["difference"]["fields"] == [field]
    assert outcome.hint == ""
    monkeypatch.setattr("vr_client.replay.command.version", lambda _name: "9.9")
    assert outcome.hint == f" (recorded by Endcap {outcome.survey.header.endcap}, this is 9.9)"


def test_a_client_that_sends_what_it_did_not_send_is_found(visit, monkeypatch):
    before = App.decide

    def eager(self, seen, info, aims):
        yield from before(self, seen, info, aims)
        if self.frame == 5:
            self._outside.new_id()

    monkeypatch.setattr(App, "decide", eager)
    found = replayed(visit[0]).difference
    assert found.sentence.startswith("frame 5 at 0.167 s sends something to the shop")


def test_a_client_that_breaks_is_told_in_one_sentence(visit, monkeypatch):
    def broken(self, info, aims):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(App, "draw_panels", broken)
    with pytest.raises(Failure, match=r"breaks in frame 0 .* \(ZeroDivisionError: on purpose\)"):
        replayed(visit[0])


def test_a_recording_that_a_crash_cut_short_goes_as_far_as_it_goes(visit, tmp_path):
    whole = visit[0].read_bytes()
    path = tmp_path / "cut.rec"
    counts = []
    for share in np.linspace(0.02, 0.999, 25):
        path.write_bytes(whole[: int(len(whole) * share)])
        found, said = read(path)
        assert found is not None or "cut short" in said
        assert found is None or not found.whole
        counts.append(found.frames if found is not None else 0)
    assert counts == sorted(counts)
    assert counts[-1] > 30
    outcome = replayed(path)
    assert outcome.difference is None
    assert outcome.frames == counts[-1]
    assert outcome.sentence.endswith("The recording is cut short: this is as far as it goes")


@pytest.mark.parametrize("zeros", [65, 5000, 3 * 1024**2])
def test_a_disk_that_lost_its_power_leaves_zeros_at_the_end(visit, tmp_path, zeros):
    whole = visit[0].read_bytes()
    path = tmp_path / "torn.rec"
    for share in (0.6, 0.9, 1.0):
        path.write_bytes(whole[: int(len(whole) * share)] + bytes(zeros))
        found, said = read(path)
        assert said == ""
        assert found.frames > 5
        assert found.whole == (share == 1.0)
        assert replayed(path).difference is None
    path.write_bytes(whole[: len(whole) // 2] + bytes(zeros) + whole[-200:])
    assert "is damaged" in read(path)[1]


def test_a_frame_in_which_the_client_broke_is_the_last_one(tmp_path, monkeypatch):
    path = tmp_path / "broke.rec"
    recorder, app = record_visit(path, 12, close=False)
    monkeypatch.setattr(app, "draw_panels", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_frame(app)
    recorder.close()
    monkeypatch.undo()
    with Recording(path) as recording:
        ended = [frame.ended for frame in recording.frames()]
    assert ended == [True] * 12 + [False]
    outcome = replayed(path)  # this client does not break
    assert (outcome.difference, outcome.frames) == (None, 12)


@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_file_ends_in_a_sentence_or_is_read_as_it_was(visit, tmp_path_factory, data):
    raw = bytearray(visit[0].read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a.rec"
    path.write_bytes(raw)
    found, said = read(path)
    assert found is None or found.frames <= FRAMES
    assert found is not None or (str(path) in said and "\n" not in said)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is not a recording"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "is not a recording"),
        (MAGIC[:5], "cut short in its header"),
        (MAGIC + b"\x01", "cut short in its header"),
        (MAGIC + struct.pack("<HI", SCHEMA, 90) + b"short", "cut short in its header"),
        (MAGIC + struct.pack("<HI", SCHEMA + 1, 3) + b"new", "newer Endcap.*update Endcap"),
        (MAGIC + struct.pack("<HI", 0, 3) + b"old", "damaged"),
        (MAGIC + struct.pack("<HI", SCHEMA, HEADER_BYTES_MAX + 1), "damaged"),
        (MAGIC + struct.pack("<HI", SCHEMA, 3) + b"abc", "damaged"),
    ],
)
def test_what_is_no_recording_is_refused_in_one_sentence(tmp_path, raw, said):
    path = tmp_path / "x.rec"
    path.write_bytes(raw)
    with pytest.raises(Failure, match=said):
        survey(path)
    with pytest.raises(Failure, match=said):
        run_replay(Wishes(path, out=tmp_path / "out"), lambda *_: None)
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_recording_of_the_first_schema_still_opens():
    """`schema-1.rec` is a visit as Endcap wrote it before arrays and pictures were packed."""
    with Recording(Path(__file__).with_name("schema-1.rec")) as recording:
        assert recording._reader.schema == 1
        frames = list(recording.frames())
        assert recording.whole
    assert (len(frames), frames[-1].info.predicted_time_s) == (FRAMES, pytest.approx(1.3))
    (scene,) = [e.scene for f in frames for e in f.news if isinstance(e, SceneReady)]
    assert {name: digest(bytes_of(array)).hex() for name, array in scene.arrays().items()} == ARRAYS
    pictures = [picture for frame in frames for _, picture in frame.art]
    shown = [picture for picture in pictures if picture is not None]
    assert (len(pictures), [int(one[0, 0, 0]) for one in shown]) == SHOWN
    assert all(one.shape == (512, 512, 4) and (one == one[0, 0, 0]).all() for one in shown)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Failure, match=r"Cannot read .*; choose a file"):
        survey(tmp_path / "none.rec")
    with pytest.raises(Failure, match="; choose a file"):
        survey(tmp_path)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([(b"F", b"\xc1")], "a frame in it cannot be read"),
        ([(b"F", ENCODER.encode({"seen": {"state": "asleep"}}))], "a frame in it"),
        ([(b"F", ENCODER.encode({"seen": {"state": "idle"}, "news": [["pickle", 1]]}))], "pickle"),
        ([(b"F", ENCODER.encode({"seen": {"state": "idle"}, "news": [["cart", 1]]}))], "cart"),
        ([(b"F", ENCODER.encode({"seen": {"state": "idle"}, "state": {"cart": b"1"}}))], "state"),
        ([(b"F", ENCODER.encode(
            {"seen": {"state": "idle"}, "art": [{"key": b"k", "digest": b"d", "size": [1, 1]}]}
        ))], "picture"),
        ([(b"A", b"array"), (b"F", ENCODER.encode({"seen": {"state": "idle"}}))], "no store"),
        ([(b"P", PICTURE), (b"F", ENCODER.encode({"seen": {"state": "idle"}, "art": [
            {"key": b"k", "digest": digest(PICTURE, 16), "size": [4, 3]}]}))],
         "another size than it says"),
        ([(b"P", PICTURE), (b"F", ENCODER.encode({"seen": {"state": "idle"}, "art": [
            {"key": b"k", "digest": digest(PICTURE, 16), "size": [4000, 4000]}]}))],
         "another size than it says"),
        ([(b"F", ENCODER.encode({"seen": {"state": "idle"}, "art": [{"key": b"k"}] * 129}))],
         "more pictures than any"),
        ([(b"A", b"x")] * 1025, "more arrays than a store"),
        ([(b"E", ENCODER.encode(EndRecord(7)))], "frames are missing"),
        ([(b"E", ENCODER.encode(EndRecord(0)))] * 2, "follows its end"),
    ],
)  # fmt: skip
def test_records_that_no_recorder_writes(visit, tmp_path, records, said):
    path = tmp_path / "x.rec"
    with Recording(visit[0]) as recording:
        header = ENCODER.encode(recording.header)
    with path.open("wb", buffering=0) as file:
        writer = Writer(file, header)
        for kind, payload in records:
            writer.write(kind, payload)
        writer.flush()
    with pytest.raises(Failure, match=said):
        survey(path)


@pytest.mark.parametrize("wrong", ["nan", "far", "many hands", "no size", "short matrix"])
def test_poses_that_no_headset_has_are_refused(visit, tmp_path, wrong):
    info = {
        "views": [{"world_from_eye": np.eye(4).tobytes(), "tangents": [-1, 1, -1, 1],
                   "size": [8, 8]}],
        "world_from_head": np.eye(4).tobytes(), "hands": [], "predicted_time_s": 0.0,
    }  # fmt: skip
    if wrong == "nan":
        info["world_from_head"] = np.full((4, 4), np.nan).tobytes()
    elif wrong == "far":
        info["world_from_head"] = np.full((4, 4), 1e30).tobytes()
    elif wrong == "many hands":
        info["hands"] = [{"world_from_hand": np.eye(4).tobytes()}] * 3
    elif wrong == "no size":
        info["views"][0]["size"] = [0, 8]
    else:
        info["world_from_head"] = b"12345678"
    with Recording(visit[0]) as recording:
        header = ENCODER.encode(recording.header)
    path = tmp_path / "x.rec"
    with path.open("wb", buffering=0) as file:
        writer = Writer(file, header)
        writer.write(b"F", ENCODER.encode({"seen": {"state": "focused"}, "info": info}))
        writer.flush()
    with pytest.raises(Failure, match="damaged"):
        survey(path)


def test_fields_of_a_later_version_and_missing_ones_are_no_damage(visit, tmp_path):
    with Recording(visit[0]) as recording:
        header = ENCODER.encode(recording.header)
    path = tmp_path / "x.rec"
    with path.open("wb", buffering=0) as file:
        writer = Writer(file, header)
        frame = {"seen": {"state": "idle", "smell": "bread"}, "weather": "fair", "ended": False}
        writer.write(b"F", ENCODER.encode(frame))
        writer.write(b"E", ENCODER.encode(EndRecord(1)))
        writer.flush()
    assert survey(path).whole
    assert FrameRecord.__struct_fields__[-1] == "ended"
