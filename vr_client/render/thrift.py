"""What a window drawn by a CPU does without: unchanged frames, and fineness while things move.

Pure: the caller has the clock. Never for a headset, whose compositor needs every frame whole.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vr_client.frame_packet import EyeView, FramePacket, Matrix

SETTLE_S: Final = 0.2
"""So long nothing has to move before the picture is drawn finely."""

ALONE_S: Final = 0.6
"""A change this long after the last one is alone (a clock's second, a click): drawn finely."""

SLOW_S: Final = 0.07
QUICK_S: Final = 0.02
SCALES: Final = (1.0, 0.7, 0.5)
"""Sides of a picture while the view moves: smaller after a slow frame, larger after a quick one."""

STILL_M: Final = 1e-4
"""Panels that follow the head creep for seconds: what moved less than this did not move."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw: `scale` times the wanted sides, with several samples a pixel or one."""

    scale: float
    fine: bool


FINE: Final = Plan(1.0, fine=True)
PLAIN: Final = Plan(1.0, fine=False)


class Thrift:
    """Remembers what was drawn last, when, and how long it took."""

    def __init__(self, *, coarsely: bool = False) -> None:
        """`coarsely`: the first picture is to be there soon rather than sharp."""
        self._drawn: FramePacket | None = None
        self._plan = FINE
        self._changed_s = -1e9
        self._step = len(SCALES) - 1 if coarsely else 0

    def plan(self, packet: FramePacket, now_s: float) -> Plan | None:
        """How to draw `packet`; None when the last picture still is what it would be.

        Time alone is no change: what pulses stands still.
        """
        before = self._drawn
        moved = before is None or not _same_views(before.views, packet.views)
        if moved or before is None or not _same_things(before, packet):
            alone = now_s - self._changed_s > ALONE_S
            self._changed_s = now_s
            self._plan = Plan(SCALES[self._step], fine=False) if moved else PLAIN
            if alone and not moved:
                self._plan = FINE
        elif self._plan == FINE or now_s - self._changed_s < SETTLE_S:
            return None
        else:
            self._plan = FINE
        self._drawn = packet
        return self._plan

    def took(self, seconds: float) -> None:
        """How long the planned drawing took; the next moving frame is smaller or larger by it."""
        if self._plan.fine or self._plan.scale != SCALES[self._step]:
            return
        if seconds > SLOW_S:
            self._step = min(self._step + 1, len(SCALES) - 1)
        elif seconds < QUICK_S:
            self._step = max(self._step - 1, 0)


def _same_views(before: tuple[EyeView, ...], now: tuple[EyeView, ...]) -> bool:
    return len(before) == len(now) and all(
        a.size == b.size
        and a.tangents == b.tangents
        and a.hidden_area is b.hidden_area
        and _close(a.world_from_eye, b.world_from_eye)
        for a, b in zip(before, now, strict=True)
    )


def _same_things(before: FramePacket, now: FramePacket) -> bool:
    if now.labels or now.art or now.textures:
        return False
    if any(panel.drawing is not None for panel in now.panels):
        return False
    if (before.highlight, before.hidden, before.stark) != (now.highlight, now.hidden, now.stark):
        return False
    if [panel.id for panel in before.panels] != [panel.id for panel in now.panels]:
        return False
    if (len(before.lasers), len(before.hands)) != (len(now.lasers), len(now.hands)):
        return False
    if not _same_in_hand(before, now):
        return False
    return (
        all(
            a.size_m == b.size_m and _close(a.world_from_panel, b.world_from_panel)
            for a, b in zip(before.panels, now.panels, strict=True)
        )
        and all(
            a.hit == b.hit and _close(a.start, b.start) and _close(a.end, b.end)
            for a, b in zip(before.lasers, now.lasers, strict=True)
        )
        and all(
            a.left == b.left and a.look is b.look and _close(a.world_from_hand, b.world_from_hand)
            for a, b in zip(before.hands, now.hands, strict=True)
        )
    )


def _same_in_hand(before: FramePacket, now: FramePacket) -> bool:
    if [unit.instance for unit in before.held] != [unit.instance for unit in now.held]:
        return False
    if before.basket is None or now.basket is None:
        same = before.basket is now.basket
    else:
        same = before.basket.over == now.basket.over and _close(
            before.basket.world_from_basket, now.basket.world_from_basket
        )
    return same and all(
        _close(a.world_from_unit, b.world_from_unit)
        for a, b in zip(before.held, now.held, strict=True)
    )


def _close(before: Matrix, now: Matrix) -> bool:
    return bool(np.abs(before - now).max() < STILL_M)
