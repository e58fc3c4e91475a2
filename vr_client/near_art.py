"""Near art: asks the sync worker for the pictures of the nearest products, a few at a time."""

from collections.abc import Set as AbstractSet
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import ArtUpdate
from vr_client.residency import Residency

ASKED_AT_ONCE: Final = 8
UPLOADS_A_FRAME: Final = 2
REACH_M: Final = 9.0
"""Further away a far picture has more texels than the eye has pixels."""


class ArtSource(Protocol):
    """Where near art comes from: `vr_client.net.handle.SyncWorker`. Neither call ever blocks."""

    def want_art(self, key: bytes, sku: str) -> None:
        """Ask for the near art of a product whose art has this key."""

    def take_art(self, limit: int) -> list[tuple[bytes, NDArray[np.uint8] | None]]:
        """Art that came, by key, at most `limit`; None for art that there is not."""


class NearArt:
    """Keeps the near slots of the renderer filled with what is nearest."""

    def __init__(self, source: ArtSource, slots: int, pace: int = 1) -> None:
        """`pace` times as many uploads a frame as usual."""
        self._uploads = UPLOADS_A_FRAME * pace
        self._source = source
        self._residency = Residency(slots, REACH_M)
        self._skus: tuple[str, ...] = ()
        self._keys: list[bytes] = []
        self._row_of: dict[bytes, int] = {}
        self._asked: set[bytes] = set()
        self._missing: set[bytes] = set()

    def load(self, scene: SceneDescription) -> None:
        """Other products, or the same in other places."""
        self._missing.clear()  # they may have art now
        self._skus = scene.skus
        self._keys = [key.tobytes() for key in scene.art_keys]
        # Products with one picture share a slot: the first of them stands for all.
        self._row_of = {key: row for row, key in reversed(list(enumerate(self._keys)))}
        first = np.array([self._row_of[key] for key in self._keys], dtype=np.intp)
        owner, place = seen_places(scene)
        self._residency.load(self._keys, first[owner], place)

    def take(
        self,
        eye: NDArray[np.float64],
        forward: NDArray[np.float64],
        held: AbstractSet[int] = frozenset(),
    ) -> tuple[ArtUpdate, ...]:
        """This frame's uploads for a shopper whose head is at `eye`, looking `forward`.

        Products in `held` (rows) are nearer than any other: they are in a hand.
        """
        updates: list[ArtUpdate] = []
        for key, pixels in self._source.take_art(self._uploads):
            self._asked.discard(key)
            row = self._row_of.get(key)
            if pixels is None:
                self._missing.add(key)
            elif row is not None and row in self._residency.wanted:
                updates.append(ArtUpdate(self._residency.admit(row), row, pixels))
        self._residency.prefer(frozenset(self._row_of[self._keys[row]] for row in held))
        self._residency.look(eye, forward)
        for row in self._residency.wanted:
            if len(self._asked) >= ASKED_AT_ONCE:
                break
            key = self._keys[row]
            if key not in self._asked and key not in self._missing:
                self._asked.add(key)
                self._source.want_art(key, self._skus[row])
        return tuple(updates)

    @property
    def to_come(self) -> int:
        """How many of the pictures that are wanted are not there yet."""
        return sum(self._keys[row] not in self._missing for row in self._residency.wanted)


def seen_places(scene: SceneDescription) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Of each product, where it is seen: its row (n,) and a place (n, 3), one per half metre."""
    sold = np.flatnonzero(scene.product_of >= 0)
    middle = scene.bounds[sold].mean(axis=1).astype(np.float64)
    owner = scene.product_of[sold].astype(np.int64)
    spot = np.floor(middle * 2.0).astype(np.int64) & 0xFFFF
    packed = (owner << 48) | (spot[:, 0] << 32) | (spot[:, 1] << 16) | spot[:, 2]
    _, first = np.unique(packed, return_index=True)
    return owner[first].astype(np.intp), middle[first]
