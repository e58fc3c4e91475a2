"""Shelf-edge labels that are out of date, nearest first, a few redrawn in each frame.

Every product's label has a small picture; the nearest have a large one as well.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import LabelUpdate
from vr_client.residency import Residency
from vr_client.state.client_state import ClientState

FAR_PER_FRAME = 24
NEAR_PER_FRAME = 8
"""About 2 ms of drawing each; counts and no clock, so that a replayed frame is the same frame."""

FAR_SIZE, NEAR_SIZE = (64, 32), (256, 128)
REACH_M = 9.0

DrawLabel = Callable[[Product, str, str, tuple[int, int]], NDArray[np.uint8]]
"""(product, locale, language, (w, h)) to (h, w, 4) pixels: `vr_client.labels.draw.draw_label`."""

Print = tuple[Product, str, str]
"""All that is on a label: product, locale and language."""


class LabelQueue:
    """Knows what is printed on the labels of each product, near and far."""

    def __init__(self, draw: DrawLabel, near_slots: int = 200, pace: int = 1) -> None:
        """`pace` times as many labels a frame as usual."""
        self._far_most, self._near_most = FAR_PER_FRAME * pace, NEAR_PER_FRAME * pace
        self._draw = draw
        self._near = Residency(near_slots, REACH_M)
        self._row_of: dict[str, int] = {}
        self._skus: tuple[str, ...] = ()
        self._starts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._place: NDArray[np.float64] = np.zeros((0, 3))
        self._far_print: dict[str, Print] = {}
        self._near_print: dict[str, Print] = {}
        self._queue: list[str] = []
        self._queued: frozenset[str] = frozenset()

    def load(self, scene: SceneDescription) -> None:
        """Labels of another scene; products that stay keep their print, as the renderer does."""
        self._skus = scene.skus
        owner = scene.labels["product"].astype(np.intp)
        place = scene.labels["centre"].astype(np.float64)
        order = np.argsort(owner, kind="stable")
        rows, self._starts = np.unique(owner[order], return_index=True)
        self._place = place[order]
        self._row_of = {scene.skus[row]: row for row in rows.tolist()}  # in the order of _starts
        here = frozenset(scene.skus)
        for known in (self._far_print, self._near_print):
            for sku in known.keys() - here:
                del known[sku]
        self._near.load(scene.skus, owner, place)
        self._queue, self._queued = [], frozenset()

    def take(
        self,
        state: ClientState,
        eye: NDArray[np.float64],
        forward: NDArray[np.float64] | None = None,
    ) -> tuple[tuple[LabelUpdate, ...], frozenset[str]]:
        """This frame's labels, and the SKUs that are now up to date (drawn or on no shelf).

        `forward` is where the shopper at `eye` looks, a unit vector; None: anywhere.
        """
        if state.labels_dirty - self._queued:
            self._sort(state.labels_dirty, eye)
        updates: list[LabelUpdate] = []
        done = set[str]()
        drawn = near = 0
        while self._queue and drawn < self._far_most and near < self._near_most:
            sku = self._queue.pop()
            done.add(sku)
            product = state.products.get(sku)
            if product is None or sku not in self._row_of:
                continue
            printed = (product, state.locale, state.language)
            if self._far_print.get(sku) != printed:
                updates.append(LabelUpdate(self._row_of[sku], self._draw(*printed, FAR_SIZE)))
                self._far_print[sku] = printed
                drawn += 1
            slot = self._near.slot_of(self._row_of[sku])
            if slot is not None and self._near_print.get(sku) != printed:
                updates.append(self._print_near(sku, printed, slot))
                near += 1
        self._near.look(eye, np.zeros(3) if forward is None else forward)
        for row in self._near.wanted[: self._near_most - near]:
            sku = self._skus[row]
            product = state.products.get(sku)
            if product is not None:
                printed = (product, state.locale, state.language)
                updates.append(self._print_near(sku, printed, self._near.admit(row)))
        self._queued -= done
        return tuple(updates), frozenset(done)

    @property
    def to_come(self) -> int:
        """How many labels do not say yet what they should, or only in small."""
        return len(self._queue) + len(self._near.wanted)

    def _print_near(self, sku: str, printed: Print, slot: int) -> LabelUpdate:
        self._near_print[sku] = printed
        return LabelUpdate(self._row_of[sku], self._draw(*printed, NEAR_SIZE), slot)

    def _sort(self, dirty: frozenset[str], eye: NDArray[np.float64]) -> None:
        """Furthest first, since the queue is taken from its end."""
        away_of: dict[str, float] = {}
        if self._row_of:
            away = np.linalg.norm(self._place - eye, axis=1)
            least = np.minimum.reduceat(away, self._starts)
            away_of = dict(zip(self._row_of, least.tolist(), strict=True))
        self._queue = sorted(dirty, key=lambda sku: (away_of.get(sku, np.inf), sku), reverse=True)
        self._queued = dirty
