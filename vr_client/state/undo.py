"""What a shopper did to the cart and can take back: steps by what the shop says took effect. Pure.

A step is undone by an intent like any other, for as many units as the step put in or took out, so
what other devices did to the same cart stays. An answer that is still awaited is waited for: only
the shop knows whether there is anything to take back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

STEPS_MAX: Final = 20


class Sent(Protocol):
    """An intent, as far as it matters here."""

    @property
    def id(self) -> str:
        """The intent's."""


@dataclass(frozen=True, slots=True)
class CartStep:
    """The intent `id` put `units` of `sku` in the cart; negative: took them out."""

    id: str
    sku: str
    units: int


@dataclass(frozen=True, slots=True)
class History:
    """`done` and `undone` with the newest last; `asked` are the ids to undo, in this order.

    Of a step that was undone the id is that of the intent which undid it, and the units are what
    doing it again takes.
    """

    done: tuple[CartStep, ...] = ()
    undone: tuple[CartStep, ...] = ()
    asked: tuple[str, ...] = ()

    def is_undoing(self, intent_id: str) -> bool:
        """Whether this intent takes back another."""
        return any(step.id == intent_id for step in self.undone)


NOTHING_DONE: Final = History()


def candidates(history: History, waiting: Sequence[Sent]) -> tuple[str, ...]:
    """The ids of what can still be asked to be undone, newest last.

    `waiting` are the intents about the cart that the shop has not answered, oldest first.
    """
    mine = {step.id for step in (*history.done, *history.undone)}
    ids = [step.id for step in history.done] + [one.id for one in waiting if one.id not in mine]
    return tuple(one for one in ids if one not in history.asked)


def ask(history: History, waiting: Sequence[Sent]) -> History:
    """The shopper wants the newest step back; the same object when there is none."""
    ids = candidates(history, waiting)
    if not ids or len(history.asked) >= STEPS_MAX:
        return history
    return replace(history, asked=(*history.asked, ids[-1]))


def next_to_undo(history: History, waiting: Sequence[Sent]) -> CartStep | None:
    """The step to take back now, if there is one and nothing has to be waited for.

    Whatever else was sent before is waited for, too: so answers come in the order of the history,
    and what a later change took of the same units is known.
    """
    if not history.asked:
        return None
    known = {step.id for step in (*history.done, *history.undone)}
    if any(one.id not in known for one in waiting):
        return None
    return next((step for step in history.done if step.id == history.asked[0]), None)


def to_take_back(history: History, step: CartStep) -> int:
    """By how many units the line has to shrink to undo `step`; negative: to grow.

    What was put in may have been taken out again while its undoing had to wait: of these units
    nothing is left to take back, and neither is the taking out.
    """
    if step.units < 0:
        return step.units
    at = history.done.index(step)
    later = sum(-one.units for one in history.done[at:] if one.sku == step.sku and one.units < 0)
    return max(0, step.units - later)


def begun(history: History, step: CartStep, intent_id: str) -> History:
    """The intent `intent_id` is on its way to take back what there is to take back of `step`."""
    left = to_take_back(history, step)
    cancelled = step.units - left
    at = history.done.index(step)
    done = list(history.done[:at])
    for one in history.done[at + 1 :]:
        back = min(cancelled, -one.units) if one.sku == step.sku and one.units < 0 else 0
        cancelled -= back
        if one.units + back:
            done.append(replace(one, units=one.units + back))
    undone = (CartStep(intent_id, step.sku, left),) if left else ()
    held = {one.id for one in done}
    return History(
        tuple(done),
        (*history.undone, *undone)[-STEPS_MAX:],
        tuple(one for one in history.asked if one in held),
    )


def to_redo(history: History, waiting: Sequence[Sent]) -> CartStep | None:
    """The step to do again; None while it is being undone, and where nothing was."""
    if not history.undone or history.asked:
        return None
    last = history.undone[-1]
    return None if any(one.id == last.id for one in waiting) else last


def redone(history: History, step: CartStep, intent_id: str) -> History:
    """The intent `intent_id` is on its way to do `step` again."""
    return History(
        (*history.done, CartStep(intent_id, step.sku, step.units))[-STEPS_MAX:],
        tuple(one for one in history.undone if one.id != step.id),
        history.asked,
    )


def settled(history: History, intent_id: str, sku: str, units: int) -> History:
    """The shop's last word on an intent about the cart: it put in `units`; 0: nothing, or refused.

    A new step ends what could be done again.
    """
    if history.is_undoing(intent_id):
        exact = CartStep(intent_id, sku, -units)
        return replace(history, undone=_with(history.undone, exact))
    if any(step.id == intent_id for step in history.done):
        return replace(history, done=_with(history.done, CartStep(intent_id, sku, units)))
    asked = history.asked
    if not units:
        asked = tuple(one for one in asked if one != intent_id)
        return replace(history, asked=asked) if asked != history.asked else history
    done = (*history.done, CartStep(intent_id, sku, units))[-STEPS_MAX:]
    held = {step.id for step in done}
    fallen = {step.id for step in history.done} - held  # too long ago to be remembered
    return History(done, (), tuple(one for one in asked if one not in fallen))


def _with(steps: tuple[CartStep, ...], exact: CartStep) -> tuple[CartStep, ...]:
    """The steps with what is now known of one; without it where it came to nothing."""
    kept = (exact if step.id == exact.id else step for step in steps)
    return tuple(step for step in kept if step.units)
