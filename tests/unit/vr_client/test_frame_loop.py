"""When the loop looks for what may go: with another store, and when nobody looks; never else."""

import gc
from dataclasses import replace

import pytest

from vr_client import frame_loop
from vr_client.frame_loop import keep_what_stays, run
from vr_client.headset.backend import SessionState

FRAMES = 8


@pytest.fixture
def collector():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.gl
@pytest.mark.parametrize(("unseen", "rests"), [((), 0), ((4, 5, 6), 1), ((3, 5), 2)])
def test_it_looks_once_each_time_that_nobody_looks(client, monkeypatch, unseen, rests):
    app, stage = client
    tidied, script, count = [], stage.script, 0

    def played(index, time_s):
        nonlocal count
        count += 1
        state = SessionState.VISIBLE if count not in unseen else SessionState.IDLE
        state = SessionState.QUITTING if count > FRAMES else state
        return replace(script(index, time_s), state=state)

    monkeypatch.setattr(app.headset, "_script", played)
    monkeypatch.setattr(frame_loop, "keep_what_stays", lambda: tidied.append(app.frame))
    run(app)
    with_the_store = 1
    assert len(tidied) == 1 + with_the_store + rests
    assert tidied[0] == -1


@pytest.mark.usefixtures("collector")
def test_between_two_times_the_old_are_left_alone():
    keep_what_stays()
    rounds = []
    gc.callbacks.append(lambda phase, info: rounds.append((phase, info["generation"])))
    try:
        kept = [[number] for number in range(200_000)]
    finally:
        gc.callbacks.pop()
    assert len(kept) == 200_000
    assert {generation for _, generation in rounds} == {0, 1}
