import os

import pytest

from catalog_sync.model.failure import Failure
from server.failpoints import Failpoints, failpoints_from


@pytest.fixture
def kills(monkeypatch):
    seen = []
    monkeypatch.setattr(os, "kill", lambda pid, number: seen.append((pid, int(number))))
    return seen


def test_it_strikes_at_the_nth_time_in_its_place_only(kills):
    points = failpoints_from({"ENDCAP_FAILPOINT": "after_commit:3"})
    for place in ("after_commit", "after_ack", "after_commit", "before_commit"):
        points.passed(place)
    assert kills == []
    points.passed("after_commit")
    assert kills == [(os.getpid(), 9)]


def test_a_batch_that_passes_the_strike_counts(kills):
    points = Failpoints("before_commit", 3)
    points.passed("before_commit", 0)
    points.passed("before_commit", 5)
    assert len(kills) == 1


def test_it_is_inert_without_the_variable(kills):
    points = failpoints_from({})
    for place in ("before_commit", "after_commit", "after_ack"):
        points.passed(place)
    assert kills == []


@pytest.mark.parametrize("text", ["after_ack", "after_ack:0", "after_ack:x", "nowhere:1", ":1"])
def test_nonsense_is_a_sentence(text):
    with pytest.raises(Failure, match="is not one of before_commit, after_commit, after_ack"):
        failpoints_from({"ENDCAP_FAILPOINT": text})
