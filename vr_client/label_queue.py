"""Shelf-edge labels that are out of date, nearest first, a few redrawn in each frame.

Every product's label has a small picture; the nearest have a large one as well. What is further
away than anybody can read keeps the print it has until somebody comes nearer: prices may change
hundreds of times a second in a large store.
"""

from bisect import insort
from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import LabelUpdate
from vr_client.residency import Residency
from vr_client.state.client_state import ClientState

FAR_PER_FRAME = 6
NEAR_PER_FRAME = 1
NEAR_FOR_FAR = 4
AGAIN_FOR_FAR = 3
"""Far below a millisecond of drawing: a near label takes as long as four far ones. One that says
something already can wait, and counts as three, so that it has a frame without a near one. Counts
and no clock: a replay has the same frames."""

PUT_OFF_MAX = 8
"""So many labels that this frame has no room for are passed by, for those behind them."""

FAR_SIZE, NEAR_SIZE = (64, 32), (256, 128)
REACH_M = 4.0
"""From here a label has fewer pixels than its small picture, in a headset and in a window."""

READ_M = 6.0
"""From here the price on a label is a tenth of a degree high: two pixels of a headset."""

ONE_BY_ONE_MAX = 64
"""More than this are sorted in together with all that wait."""

STROLL_M = 1.0
"""Who walked this far has other labels near."""


class DrawLabel(Protocol):
    """(product, locale, language, (w, h)) to (h, w, 4) pixels: `labels.draw.draw_label`."""

    def __call__(
        self, product: Product, locale: str, language: str, size: tuple[int, int], *, stark: bool
    ) -> NDArray[np.uint8]:
        """`stark`: black on white, whatever kind of label it is."""


Print = tuple[Product, str, str, bool]
"""All that is on a label: product, locale and language, and whether it is black on white."""


class LabelQueue:
    """Knows what is printed on the labels of each product, near and far."""

    def __init__(self, draw: DrawLabel, near_slots: int = 200, pace: int = 1) -> None:
        """`pace` times as many labels a frame as usual."""
        self._most, self._near_most = FAR_PER_FRAME * pace, NEAR_PER_FRAME * pace
        self._near_waits = False
        self._draw = draw
        self._near = Residency(near_slots, REACH_M)
        self._skus: tuple[str, ...] = ()
        self._row_of: dict[str, int] = {}
        self._far_print: dict[str, Print] = {}
        self._near_print: dict[str, Print] = {}
        self._starts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._place: NDArray[np.float64] = np.zeros((0, 3))
        self._number_of: dict[str, int] = {}  # of those that have a label: where in `_away`
        self._away: NDArray[np.float64] = np.zeros(0)
        self._later: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._measured_at: NDArray[np.float64] | None = None
        self._queue: list[tuple[float, str]] = []
        self._queued: set[str] = set()

    def load(self, scene: SceneDescription) -> None:
        """Labels of another scene; products that stay keep their print, as the renderer does."""
        self._skus = scene.skus
        owner = scene.labels["product"].astype(np.intp)
        place = scene.labels["centre"].astype(np.float64)
        order = np.argsort(owner, kind="stable")
        rows, self._starts = np.unique(owner[order], return_index=True)
        self._place = place[order]
        self._row_of = {scene.skus[row]: row for row in rows.tolist()}
        self._number_of = {sku: number for number, sku in enumerate(self._row_of)}
        here = frozenset(scene.skus)
        for known in (self._far_print, self._near_print):
            for sku in known.keys() - here:
                del known[sku]
        self._near.load(scene.skus, owner, place)
        self._queue, self._queued = [], set()
        self._later = np.zeros(len(rows), dtype=bool)
        self._measured_at = None

    def take(
        self,
        state: ClientState,
        eye: NDArray[np.float64],
        forward: NDArray[np.float64] | None = None,
        *,
        draws: bool = True,
    ) -> tuple[tuple[LabelUpdate, ...], frozenset[str]]:
        """This frame's labels, and the SKUs that the queue knows of from now on.

        `forward` is where the shopper at `eye` looks, a unit vector; None: anywhere. A frame that
        has no time for labels `draws` none.
        """
        self._hear(state.labels_dirty, eye)
        if not draws:
            return (), state.labels_dirty
        self._near.look(eye, np.zeros(3) if forward is None else forward)
        sheet = _Sheet(self._most, self._near_most)
        waited, self._near_waits = self._near_waits, False
        if waited:
            self._print_wanted(state, sheet)
        self._print_queued(state, sheet)
        if not waited:
            self._print_wanted(state, sheet)
            self._near_waits = bool(self._near.wanted) and not sheet.admitted
        return tuple(sheet.updates), state.labels_dirty

    def _print_queued(self, state: ClientState, sheet: "_Sheet") -> None:
        """What is out of date, nearest first."""
        put_off: list[str] = []
        while self._queue and sheet.has_room and len(put_off) < PUT_OFF_MAX:
            _away, sku = self._queue.pop()
            self._queued.discard(sku)
            product = state.products.get(sku)
            if product is None:
                continue
            printed = _print_of(product, state)
            row = self._row_of[sku]
            slot = self._near.slot_of(row)
            blank = sku not in self._far_print
            # Of what has a large picture the small one is not seen, and waits until it is.
            if (blank or slot is None) and self._far_print.get(sku) != printed:
                if not blank and not sheet.fits(AGAIN_FOR_FAR):
                    put_off.append(sku)
                    continue
                sheet.add_far(LabelUpdate(row, self._pixels(printed, FAR_SIZE)), blank=blank)
                self._far_print[sku] = printed
            if slot is not None and self._near_print.get(sku) != printed:
                if sheet.fits_near:
                    sheet.add_near(self._print_near(sku, printed, slot))
                else:
                    put_off.append(sku)
        self._put_in(put_off)

    def _print_wanted(self, state: ClientState, sheet: "_Sheet") -> None:
        """Large pictures for what has come near."""
        for row in self._near.wanted[: self._near_most]:
            if not sheet.fits_near:
                break
            sku = self._skus[row]
            product = state.products.get(sku)
            if product is not None:
                slot = self._near.admit(row)
                sheet.add_near(self._print_near(sku, _print_of(product, state), slot))
                sheet.admitted = True
                if self._near.left >= 0:
                    self._put_in([self._skus[self._near.left]])

    @property
    def to_come(self) -> int:
        """How many labels that can be read do not say what they should, or only in small."""
        return len(self._queue) + len(self._near.wanted)

    def _print_near(self, sku: str, printed: Print, slot: int) -> LabelUpdate:
        self._near_print[sku] = printed
        return LabelUpdate(self._row_of[sku], self._pixels(printed, NEAR_SIZE), slot)

    def _pixels(self, printed: Print, size: tuple[int, int]) -> NDArray[np.uint8]:
        product, locale, language, stark = printed
        return self._draw(product, locale, language, size, stark=stark)

    # ------------------------------------------------------------ what is out of date

    def _hear(self, dirty: frozenset[str], eye: NDArray[np.float64]) -> None:
        """Take in which labels are out of date, and which of them came within reading distance."""
        if not self._row_of:
            return
        at = self._measured_at
        if at is None or float(np.abs(eye - at).sum()) > STROLL_M:
            self._measured_at = eye.copy()
            away = np.linalg.norm(self._place - eye, axis=1)
            self._away = np.minimum.reduceat(away, self._starts)
            skus = list(self._row_of)
            near = np.flatnonzero(self._later & (self._away <= READ_M))
            self._later[near] = False
            self._queued.update(skus[number] for number in near.tolist())
            self._sort_all()
        if not dirty:
            return
        new = [sku for sku in dirty if sku in self._number_of and sku not in self._queued]
        self._put_in(self._readable(new))

    def _readable(self, skus: Iterable[str]) -> list[str]:
        """Those that are near enough, or still blank; the others wait until they are."""
        now: list[str] = []
        for sku in skus:
            number = self._number_of[sku]
            if self._away[number] > READ_M and sku in self._far_print:
                self._later[number] = True
            else:
                self._later[number] = False
                now.append(sku)
        return now

    def _put_in(self, new: list[str]) -> None:
        """Furthest first, since the queue is taken from its end."""
        self._queued.update(new)
        if len(new) > ONE_BY_ONE_MAX:
            self._sort_all()
            return
        for sku in new:
            insort(self._queue, self._key(sku))

    def _sort_all(self) -> None:
        self._queue = sorted(self._key(sku) for sku in self._queued)

    def _key(self, sku: str) -> tuple[float, str]:
        return (-float(self._away[self._number_of[sku]]), sku)


class _Sheet:
    """The labels of one frame, and how much room is left on it.

    Blank ones, of a store that one has just come into, leave room for a near one.
    """

    def __init__(self, most: int, near_most: int) -> None:
        self.updates: list[LabelUpdate] = []
        self.admitted = False
        self._most, self._near_left = most, near_most
        self._blank = self._spent = 0

    @property
    def has_room(self) -> bool:
        """Whether anything fits."""
        return self._blank + self._spent < self._most

    def fits(self, cost: int) -> bool:
        """Whether something does that takes as long as so many blank ones; the first always."""
        return self._spent == 0 or self._spent + cost <= self._most

    @property
    def fits_near(self) -> bool:
        """Whether a near one does."""
        return self._near_left > 0 and self.fits(NEAR_FOR_FAR)

    def add_far(self, update: LabelUpdate, *, blank: bool) -> None:
        """A small one; `blank`: it said nothing before."""
        self.updates.append(update)
        if blank:
            self._blank += 1
        else:
            self._spent += AGAIN_FOR_FAR

    def add_near(self, update: LabelUpdate) -> None:
        """A large one."""
        self.updates.append(update)
        self._near_left -= 1
        self._spent += NEAR_FOR_FAR


def _print_of(product: Product, state: ClientState) -> Print:
    return product, state.reading, state.language, state.senses.high_contrast
