"""Product pictures for the panels: asked for when first wanted, and let go when many."""

from collections import OrderedDict
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from vr_client.frame_packet import TextureUpdate
from vr_client.ui.canvas import PICTURE_KEY_FIRST

PICTURES_MAX: Final = 128
ASKED_AT_ONCE: Final = 4


class FrontSource(Protocol):
    """Where pictures come from: `vr_client.art_counter.ArtCounter`. Neither call ever blocks."""

    def want_front(self, sku: str) -> None:
        """Ask for the picture of a product's front."""

    def take_fronts(self, limit: int) -> list[tuple[str, NDArray[np.uint8] | None]]:
        """Pictures (h, w, 4) u1 sRGB that came, by SKU, at most `limit`; None: there is none."""


class PictureStore:
    """Texture keys by SKU. A picture that has not come yet has none, and is asked for."""

    def __init__(self, source: FrontSource) -> None:
        self._source = source
        self._keys: OrderedDict[str, int] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._asked: set[str] = set()
        self._missing: set[str] = set()
        self._next = PICTURE_KEY_FIRST

    @property
    def to_come(self) -> int:
        """How many of the pictures that were wanted are not there yet."""
        return len(self._wanted) + len(self._asked)

    def ask_again(self) -> None:
        """What had no picture may have one now."""
        self._missing.clear()

    def key(self, product: Product) -> int | None:
        """The texture to draw with, or None until a later frame."""
        sku = product.sku
        if sku in self._keys:
            self._keys.move_to_end(sku)
            return self._keys[sku]
        if sku not in self._asked and sku not in self._missing:
            self._wanted[sku] = None
        return None

    def take_one(self) -> tuple[TextureUpdate, ...]:
        """Ask for what is wanted and take a picture that came.

        Of many, the one that was not looked at for longest is dropped.
        """
        while self._wanted and len(self._asked) < ASKED_AT_ONCE:
            sku, _ = self._wanted.popitem(last=False)
            self._asked.add(sku)
            self._source.want_front(sku)
        updates: list[TextureUpdate] = []
        for sku, pixels in self._source.take_fronts(1):
            self._asked.discard(sku)
            if pixels is None:
                self._missing.add(sku)
                continue
            updates.append(TextureUpdate(self._next, pixels))
            self._keys[sku] = self._next
            self._next += 1
        if len(self._keys) > PICTURES_MAX:
            _, old = self._keys.popitem(last=False)
            updates.append(TextureUpdate(old, None))
        return tuple(updates)
