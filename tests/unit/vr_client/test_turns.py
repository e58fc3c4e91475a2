"""What can wait gives way for a frame, and is never starved."""

from vr_client.turns import Turns


def test_nothing_waits_while_nothing_else_is_done():
    turns = Turns()
    assert all(turns.is_ours(busy=False) for _ in range(5))


def test_what_waited_has_the_next_frame_however_busy_that_is():
    turns = Turns()
    assert [turns.is_ours(busy=True) for _ in range(6)] == [False, True] * 3


def test_a_frame_that_is_not_busy_is_no_wait():
    turns = Turns()
    assert [turns.is_ours(busy=busy) for busy in (True, False, True, True)] == [
        False, True, False, True,
    ]  # fmt: skip
