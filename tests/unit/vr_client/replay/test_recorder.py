"""The recorder never stands in the shopper's way, and says so when it gives up."""

import errno
import threading
import time

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from tests.unit.vr_client.replay.recorded_visit import SETUP, MadeShop, record_visit
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HeadsetEvents, KeyboardAndNeck, SessionState
from vr_client.replay import recorder as recording
from vr_client.replay.held import HeldPictures
from vr_client.replay.limits import HELD_BYTES_MAX, HELD_BYTES_MIN
from vr_client.replay.recorder import Recorder
from vr_client.replay.recording import Recording, survey
from vr_client.state.events import Noticed
from vr_client.ui.strings import notice_text


def frames_until(app, done, limit=400):
    for _ in range(limit):
        assert run_frame(app)
        app.keep_pictures()
        if done():
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen")


def test_a_name_that_is_taken_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.rec"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Failure, match="is there already: give the recording another name"):
        Recorder(path)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(Failure, match="Cannot record into"):
        Recorder(tmp_path / "no" / "folder" / "a.rec")


def test_a_client_that_never_began_leaves_no_file(tmp_path):
    recorder = Recorder(tmp_path / "a.rec")
    recorder.close()
    recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_the_recording_with_one_notice_and_not_the_visit(tmp_path, monkeypatch):
    monkeypatch.setattr(recording, "FLUSH_S", 0.0)
    path = tmp_path / "a.rec"
    recorder, app = record_visit(path, 30, close=False)
    end = time.monotonic() + 30
    while recorder.behind:
        assert time.monotonic() < end
        time.sleep(0.01)

    def full(_data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(recorder._pen._writer, "_out", full)
    frames_until(app, lambda: app.state.notice != "")
    assert app.state.notice == "recording_stopped=a.rec"
    assert notice_text(app.state.notice, "en") == "The recording has stopped: a.rec"
    app.state = app.state.__class__(**{**_fields(app.state), "notice": ""})
    for _ in range(10):
        assert run_frame(app)
    assert app.state.notice == ""
    recorder.close()
    found = survey(path)
    assert not found.whole
    assert 20 < found.frames < app.frame - 10


def _fields(state):
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


def test_a_disk_that_does_not_follow_holds_up_no_frame(tmp_path, monkeypatch):
    monkeypatch.setattr(recording, "FRAMES_WAITING_MAX", 25)
    go_on = threading.Event()
    path = tmp_path / "a.rec"
    write = recording.Writer.write

    def slow(self, kind, payload):
        assert go_on.wait(30)
        write(self, kind, payload)

    monkeypatch.setattr(recording.Writer, "write", slow)
    recorder, app = record_visit(path, 20, close=False)
    assert app.state.notice == ""
    # The shopper may press something in that very frame, and has another notice then.
    said, apply = [], app.apply
    monkeypatch.setattr(app, "apply", lambda event: (said.append(event), apply(event)))
    frames_until(app, lambda: Noticed("recording_stopped=a.rec") in said, 60)
    assert recorder._waiting.qsize() <= 30
    go_on.set()
    recorder.close()
    assert not survey_or_none(path)


def survey_or_none(path):
    try:
        return survey(path).whole
    except Failure:
        return False


def test_pictures_that_wait_are_bounded_in_bytes_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(recording, "BYTES_WAITING_MAX", 1024**2 - 1)
    monkeypatch.setattr(recording._Pen, "_put_art", lambda *_: ())  # takes none
    recorder, app = record_visit(tmp_path / "a.rec", 20, close=False)
    assert recorder._over
    assert app.frame == 19
    recorder.close()
    assert not survey_or_none(tmp_path / "a.rec")


def test_who_is_behind_packs_pictures_quickly(tmp_path, monkeypatch):
    packed, asked = recording.pack_picture, []

    def noted(picture, *, quickly):
        asked.append(quickly)
        return packed(picture, quickly=quickly)

    monkeypatch.setattr(recording, "pack_picture", noted)
    record_visit(tmp_path / "a.rec", 40)
    assert set(asked) == {False}
    asked.clear()
    monkeypatch.setattr(recording, "MANY_WAITING", -1)
    record_visit(tmp_path / "b.rec", 40)
    assert set(asked) == {True}


def test_what_a_device_gives_that_no_file_can_hold_ends_the_recording_only(tmp_path, monkeypatch):
    recorder, app = record_visit(tmp_path / "a.rec", 5, close=False)
    monkeypatch.setattr(recorder, "_waiting", recorder._waiting)  # the listeners go on handing over
    inner = app.headset._inner
    poll = inner.poll
    inner.poll = lambda: HeadsetEvents(poll().state, typed=object())
    monkeypatch.setattr(app, "decide", lambda *_: ())
    frames_until(app, lambda: app.state.notice == "recording_stopped=a.rec")
    recorder.close()
    assert survey(tmp_path / "a.rec").frames == 5


def test_a_picture_of_ones_own_is_not_copied_and_a_borrowed_one_is(tmp_path):
    recorder = Recorder(tmp_path / "a.rec")
    ring = np.zeros((2, 4, 4, 4), np.uint8)
    own = np.ones((4, 4, 4), np.uint8)
    recorder.take_art([(b"a", ring[0]), (b"b", own), (b"c", None)])
    ring[:] = 9
    (_, borrowed), (_, kept), (_, none) = recorder.notes.art
    assert borrowed.max() == 0
    assert kept is own
    assert none is None
    recorder.close()


def test_a_window_stays_one_with_a_keyboard_and_a_neck(tmp_path):
    class Window:
        name = "desktop"
        tilted = 0.0

        def tilt(self, pitch_deg):
            self.tilted = pitch_deg

        def take_text(self, *, wanted):
            self.wanted = wanted

        def lend_drag(self, *, wanted):
            self.lent = wanted

        def poll(self):
            return HeadsetEvents(SessionState.IDLE)

    recorder = Recorder(tmp_path / "a.rec")
    window = Window()
    heard = recorder.headset(window)
    assert heard.name == "desktop"
    assert isinstance(heard, KeyboardAndNeck)
    heard.tilt(4.0)
    heard.take_text(wanted=True)
    heard.lend_drag(wanted=True)
    assert (window.tilted, window.wanted, window.lent) == (4.0, True, True)

    class Headset:
        name = "openvr"

    assert not isinstance(recorder.headset(Headset()), KeyboardAndNeck)
    recorder.close()


def test_a_picture_that_comes_again_is_written_once(tmp_path):
    shop = MadeShop()
    take = shop.take_art
    shop.take_art = lambda limit: [
        (key, None if picture is None else np.full((512, 512, 4), 7, np.uint8))
        for key, picture in take(limit)
    ]
    record_visit(tmp_path / "a.rec", shop=shop)
    with Recording(tmp_path / "a.rec") as read:
        kinds = [kind for kind, _ in read._reader.records()]
    assert kinds.count(b"P") == 1
    assert kinds.count(b"F") == 40
    assert kinds[-1] == b"E"


def test_both_ends_forget_the_same_pictures():
    held = HeldPictures()
    size = HELD_BYTES_MAX // 4
    for name in b"abcd":
        held.add(bytes([name]), size, name)
    held.add(b"a", size, None)  # still held: no news
    assert held.get(b"a") == ord("a")
    held.add(b"e", size, 1)
    assert b"a" not in held
    assert held.get(b"a") is None
    assert all(name in held for name in (b"b", b"c", b"d", b"e"))
    held.add(b"f", HELD_BYTES_MAX, 2)
    assert b"f" in held
    assert b"e" not in held


def test_pictures_of_almost_no_bytes_count_as_well():
    held = HeldPictures()
    most = HELD_BYTES_MAX // HELD_BYTES_MIN
    for number in range(most + 1):
        held.add(number.to_bytes(4, "little"), 1, number)
    assert held.get((0).to_bytes(4, "little")) is None
    assert held.get((1).to_bytes(4, "little")) == 1
    assert held.get(most.to_bytes(4, "little")) == most


def test_settings_and_setup_go_along(tmp_path):
    record_visit(tmp_path / "a.rec", 3, preferences=False)
    header = survey(tmp_path / "a.rec").header
    assert header.setup == SETUP
    assert header.settings is None
