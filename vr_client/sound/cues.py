"""Which sounds go with what happened: a table from one state of the client to the next. Pure.

The same states give the same cues, so a replay sounds as the trip did.
"""

from dataclasses import dataclass
from typing import Final, Literal

from vr_client.state.client_state import ClientState
from vr_client.state.notices import refuses

Cue = Literal["point", "press", "hop", "add", "take_out", "refused", "paid", "lost", "back"]

CUES: Final[tuple[Cue, ...]] = (
    "point", "press", "hop", "add", "take_out", "refused", "paid", "lost", "back",
)  # fmt: skip
"""A cue's number is its place in here."""

MEANT: Final = frozenset({"add", "take_out", "refused", "paid", "lost", "back"})
"""Cues that say something: each is also written, for whoever does not hear it."""

Place = tuple[float, float, float]
"""Where something sounds from, scene space, metres."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """`cue` sounds from `place`, or from nowhere (None); `sku` is what it is about, if anything."""

    cue: Cue
    place: Place | None = None
    sku: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What hands and feet did in a frame: `pointed` at something else, `pressed` on something.

    Both are the place where, None: they did not.
    """

    pointed: Place | None = None
    pressed: Place | None = None
    hopped: bool = False


QUIET_MOMENT: Final = Moment()


def cues_of(
    before: ClientState,
    after: ClientState,
    moment: Moment = QUIET_MOMENT,
    acted: Place | None = None,
) -> tuple[Sounded, ...]:
    """What sounds in the frame that led from one state to the next, in the order of `CUES`.

    `acted` is where a hand pressed last: what the shop answers sounds from there.
    """
    found: list[Sounded] = []
    if moment.pointed is not None and moment.pressed is None:
        found.append(Sounded("point", moment.pointed))
    if moment.pressed is not None:
        found.append(Sounded("press", moment.pressed))
    if moment.hopped:
        found.append(Sounded("hop"))
    if after is not before:
        found += _told(before, after, acted)
    return tuple(found)


def _told(before: ClientState, after: ClientState, place: Place | None) -> list[Sounded]:
    found: list[Sounded] = []
    paid = after.order is not None and after.order.state == "paid" and after.order != before.order
    # The cart that a shop first tells of, and the one it empties by an order, nobody touched.
    if after.cart is not before.cart and before.cart.version > 0 and not paid:
        found += _cart_moved(before, after, place)
    if paid:
        found.append(Sounded("paid"))
    if before.connected and not after.connected:
        found.append(Sounded("lost"))
    elif after.connected and not before.connected and before.ever_connected:
        found.append(Sounded("back"))
    elif after.notice and after.notice != before.notice and refuses(after.notice):
        found.append(Sounded("refused", place))
    return found


def _cart_moved(before: ClientState, after: ClientState, place: Place | None) -> list[Sounded]:
    was = {line.sku: line.quantity for line in before.cart.lines}
    now = {line.sku: line.quantity for line in after.cart.lines}
    moved = {sku: now.get(sku, 0) - was.get(sku, 0) for sku in now | was}
    more = next((sku for sku, by in moved.items() if by > 0), "")
    fewer = next((sku for sku, by in moved.items() if by < 0), "")
    # A paid order empties the cart of just what was paid, in a message of its own.
    order = after.order
    if not now and order is not None and order.state == "paid":
        paid_for = {line.sku: line.quantity for line in order.lines}
        if was == paid_for:
            return []
    if more:
        return [Sounded("add", place, more)]
    return [Sounded("take_out", place, fewer)] if fewer else []
