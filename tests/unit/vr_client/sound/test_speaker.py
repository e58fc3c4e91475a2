"""The process with the device in it, over miniaudio's own null device, and without any device."""

import multiprocessing
import time

import numpy as np
import pytest

from vr_client.sound import speaker as speaker_module
from vr_client.sound.handle import Speaker
from vr_client.sound.line import NO_DEVICE, NO_LIBRARY, PLAYING, Reader, make_line
from vr_client.sound.mixer import Mixer
from vr_client.sound.placing import Heard
from vr_client.sound.speaker import NoDeviceError, feed, open_device, run_speaker
from vr_client.sound.synth import PEAK

WAIT_S = 20.0


def until(true, wait_s=WAIT_S):
    """Wait for another process, which has a device's own pace."""
    end = time.monotonic() + wait_s
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


def test_a_cue_goes_through_the_process_into_a_device():
    made = Speaker(("NULL",))
    made.start()
    try:
        until(lambda: made.line.status == PLAYING and made.line.blocks > 2)
        assert made.line.begun == 0
        assert made.line.peak == 0.0
        made.play("paid", Heard(1.0, 0.5))
        made.play("press", Heard(0.5, 1.0))
        until(lambda: made.line.begun == 2)
        until(lambda: made.line.peak > 0.5 * PEAK)
        assert made.line.peak <= 2.0 * PEAK
    finally:
        made.close()
        made.close()
    assert not made._process.is_alive()
    assert made._process.exitcode == 0


def test_a_backend_that_is_not_here_is_silence_and_never_an_error():
    absent = Speaker(("CUSTOM",))
    absent.start()
    try:
        until(lambda: absent.line.status == NO_DEVICE)
        for _ in range(500):
            absent.play("press", Heard(1.0, 1.0))
        assert absent.line.begun == 0
    finally:
        absent.close()
    assert absent._process.exitcode == 0


def test_a_speaker_that_was_never_started_is_closed_all_the_same():
    made = Speaker()
    made.play("add", Heard(1.0, 1.0))
    made.close()


def test_the_null_device_is_none_unless_it_is_asked_for(monkeypatch):
    device = open_device(("NULL",))
    assert device.backend == "Null"
    device.close()
    with pytest.raises(NoDeviceError):
        open_device(("CUSTOM",))


def test_a_device_that_stops_is_opened_again():
    """As when a headset's audio goes: the first device dies after some blocks."""
    memory = make_line(multiprocessing.get_context("spawn"))
    reader = Reader(memory)
    opened = []

    class Dying:
        def __init__(self, real):
            self._real = real
            opened.append(self)

        def __getattr__(self, name):
            return getattr(self._real, name)

        def start(self, blocks):
            self._real.start(blocks)
            if len(opened) == 1:
                self.stop_callback()
            else:
                memory[1] = 1.0  # the shop is done

    def open_dying(_backends):
        return Dying(open_device(("NULL",)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speaker_module, "open_device", open_dying)
        patch.setattr(speaker_module, "_hush", lambda: None)
        patch.setattr("signal.signal", lambda *_: None)
        run_speaker(memory, ())
    assert len(opened) == 2
    assert reader.stopped


def test_without_the_library_it_ends_at_once(monkeypatch):
    memory = make_line(multiprocessing.get_context("spawn"))

    def missing(_backends):
        raise ImportError("miniaudio")

    monkeypatch.setattr(speaker_module, "open_device", missing)
    monkeypatch.setattr(speaker_module, "_hush", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    run_speaker(memory, ())
    assert memory[2] == NO_LIBRARY


def test_what_the_device_gets_is_left_where_it_was_heard_left():
    """The real device's own buffer, by its callback: nothing swaps the ears on the way."""
    memory = make_line(multiprocessing.get_context("spawn"))
    device = open_device(("NULL",))
    blocks = feed(Mixer(), Reader(memory))
    next(blocks)
    seen = []

    def listening():
        count = yield b""
        while True:
            block = blocks.send(count)
            seen.append(block)
            count = yield block

    tap = listening()
    next(tap)
    from vr_client.sound.line import Writer

    Writer(memory).put("add", Heard(1.0, 0.25))
    device.start(tap)
    until(lambda: sum(map(len, seen)) > 4800)
    device.close()
    heard = np.concatenate(seen)
    assert heard[:, 0] == pytest.approx(4.0 * heard[:, 1], abs=1e-6)
    assert np.abs(heard).max() > 0.1
