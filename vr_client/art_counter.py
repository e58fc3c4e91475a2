"""One line to the worker for two kinds of pictures: near art for shelves, fronts for panels."""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vr_client.near_art import ArtSource
from vr_client.net.art_desk import FRONT

TAKEN_A_FRAME: Final = 2
"""A picture is a megabyte to copy."""


class ArtCounter:
    """Sorts what came. Both kinds are asked for and told of as the source does it for one."""

    def __init__(self, source: ArtSource, pace: int = 1) -> None:
        """`pace` times as many pictures a frame as usual."""
        self._source = source
        self._most = TAKEN_A_FRAME * pace
        self._near: deque[tuple[bytes, NDArray[np.uint8] | None]] = deque()
        self._fronts: deque[tuple[str, NDArray[np.uint8] | None]] = deque()

    def turn(self) -> None:
        """Take in what came; once a frame."""
        for key, pixels in self._source.take_art(self._most):
            if key.startswith(FRONT):
                self._fronts.append((key.removeprefix(FRONT).decode(), pixels))
            else:
                self._near.append((key, pixels))

    def want_art(self, key: bytes, sku: str) -> None:
        """Ask for the near art of a product whose art has this key."""
        self._source.want_art(key, sku)

    def take_art(self, limit: int) -> list[tuple[bytes, NDArray[np.uint8] | None]]:
        """Near art that came, by key, at most `limit`; None for art that there is not."""
        return [self._near.popleft() for _ in range(min(limit, len(self._near)))]

    def want_front(self, sku: str) -> None:
        """Ask for the picture of a product's front."""
        self._source.want_art(FRONT + sku.encode(), sku)

    def take_fronts(self, limit: int) -> list[tuple[str, NDArray[np.uint8] | None]]:
        """Fronts that came, by SKU, at most `limit`; None for one that cannot be drawn."""
        return [self._fronts.popleft() for _ in range(min(limit, len(self._fronts)))]
