"""What can be taken back, and in which order: the history alone, without a shop."""

from vr_client.state.events import AddToCart
from vr_client.state.undo import (
    NOTHING_DONE,
    STEPS_MAX,
    CartStep,
    ask,
    begun,
    candidates,
    next_to_undo,
    redone,
    settled,
    to_redo,
)

FIRST, SECOND = CartStep("a", "TEA", 2), CartStep("b", "JAM", -1)


def done(*steps):
    history = NOTHING_DONE
    for step in steps:
        history = settled(history, step.id, step.sku, step.units)
    return history


def test_what_took_effect_is_a_step_and_what_did_not_is_none():
    assert done(FIRST, SECOND).done == (FIRST, SECOND)
    assert settled(done(FIRST), "c", "TEA", 0) == done(FIRST)


def test_the_newest_is_undone_first_by_as_many_units_the_other_way():
    history = ask(done(FIRST, SECOND), ())
    assert history.asked == ("b",)
    assert next_to_undo(history, ()) == SECOND
    history = begun(history, SECOND, "u")
    assert (history.done, history.asked) == ((FIRST,), ())
    assert history.is_undoing("u")
    assert settled(history, "u", "JAM", 1).undone == (CartStep("u", "JAM", -1),)


def test_several_presses_undo_several_steps_and_no_more_than_there_are():
    history = done(FIRST, SECOND)
    for _ in range(3):
        history = ask(history, ())
    assert history.asked == ("b", "a")
    assert candidates(history, ()) == ()
    assert ask(history, ()) is history


def test_what_the_shop_has_not_answered_is_waited_for():
    waiting = (AddToCart("c", "TEA", 1),)
    history = ask(done(FIRST), waiting)
    assert history.asked == ("c",)
    assert next_to_undo(history, waiting) is None
    assert next_to_undo(settled(history, "c", "TEA", 1), ()) == CartStep("c", "TEA", 1)
    refused = settled(history, "c", "TEA", 0)
    assert (refused.asked, next_to_undo(refused, ())) == ((), None)
    assert refused.done == (FIRST,)


def test_an_undo_that_found_less_is_done_again_for_less_and_one_that_found_nothing_is_gone():
    history = begun(done(FIRST), FIRST, "u")
    assert to_redo(history, (AddToCart("u", "TEA", -2),)) is None
    less = settled(history, "u", "TEA", -1)
    assert to_redo(less, ()) == CartStep("u", "TEA", 1)
    assert settled(history, "u", "TEA", 0) == NOTHING_DONE


def test_a_step_done_again_can_be_undone_again_and_a_new_one_ends_that():
    undone = settled(begun(done(FIRST), FIRST, "u"), "u", "TEA", -2)
    again = settled(redone(undone, undone.undone[0], "r"), "r", "TEA", 2)
    assert again.done == (CartStep("r", "TEA", 2),)
    assert to_redo(again, ()) is None
    assert settled(undone, "n", "JAM", 1).undone == ()


def test_what_was_long_ago_is_forgotten_and_asked_for_no_more():
    history = done(*(CartStep(str(number), "TEA", 1) for number in range(STEPS_MAX)))
    for _ in range(STEPS_MAX):
        history = ask(history, ())
    assert ask(history, (AddToCart("new", "TEA", 1),)) is history
    history = settled(history, "new", "TEA", 1)
    assert len(history.done) == STEPS_MAX
    assert history.done[0].id == "1"
    assert "0" not in history.asked
    assert history.asked[0] == str(STEPS_MAX - 1)
