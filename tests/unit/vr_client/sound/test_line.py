"""The ring between frame loop and speaker: in order, and no waiting when nobody reads."""

import multiprocessing

import numpy as np
import pytest

from vr_client.sound.cues import CUES
from vr_client.sound.line import PLAYING, SLOTS, Reader, Writer, make_line
from vr_client.sound.mixer import Mixer
from vr_client.sound.placing import Heard
from vr_client.sound.speaker import feed


@pytest.fixture
def ends():
    memory = make_line(multiprocessing.get_context("spawn"))
    return Writer(memory), Reader(memory)


def test_what_is_put_is_taken_once_and_in_order(ends):
    writer, reader = ends
    put = [(cue, Heard(0.1 * n, 0.5, 0.0, 0.0001 * n)) for n, cue in enumerate(CUES)]
    for one in put:
        writer.put(*one)
    assert reader.take() == put
    assert reader.take() == []
    writer.put(*put[3])
    assert reader.take() == [put[3]]


def test_a_line_that_nobody_reads_keeps_the_newest(ends):
    writer, reader = ends
    for number in range(3 * SLOTS):
        writer.put("press", Heard(number / 1000.0, 0.0))
    taken = [round(heard.left * 1000.0) for _, heard in reader.take()]
    assert taken == list(range(2 * SLOTS + 1, 3 * SLOTS))[-(SLOTS - 1) :]


def test_what_came_while_there_was_no_device_is_left_out(ends):
    writer, reader = ends
    writer.put("add", Heard(1.0, 1.0))
    reader.skip()
    assert reader.take() == []


def test_the_reader_tells_how_the_device_is_and_hears_of_the_end(ends):
    writer, reader = ends
    reader.tell(PLAYING)
    reader.played(2, 0.25)
    reader.played(1, 0.1)
    assert (writer.status, writer.blocks, writer.begun, writer.peak) == (PLAYING, 2, 3, 0.25)
    assert not reader.stopped
    writer.stop()
    assert reader.stopped


def test_a_device_is_fed_what_was_put_on_the_line(ends):
    writer, reader = ends
    blocks = feed(Mixer(), reader)
    next(blocks)
    assert not blocks.send(480).any()
    writer.put("add", Heard(1.0, 0.5))
    block = blocks.send(960)
    assert block.shape == (960, 2)
    assert block[:, 0] == pytest.approx(2.0 * block[:, 1])
    assert np.abs(block).max() > 0.05
    assert writer.begun == 1
