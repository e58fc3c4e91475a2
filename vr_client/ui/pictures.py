"""Product pictures for the panels: drawn one a frame when first wanted, and let go when many."""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from vr_client.frame_packet import TextureUpdate
from vr_client.ui.canvas import PICTURE_KEY_FIRST

PICTURES_MAX = 128

DrawPicture = Callable[[Product], NDArray[np.uint8]]
"""A product's front as (h, w, 4) sRGB; `store_scenes.models.art.front_picture`."""


class PictureStore:
    """Texture keys by SKU. A picture that is not drawn yet has none and joins the queue."""

    def __init__(self, draw: DrawPicture) -> None:
        self._draw = draw
        self._keys: OrderedDict[str, int] = OrderedDict()
        self._wanted: OrderedDict[str, Product] = OrderedDict()
        self._next = PICTURE_KEY_FIRST

    def key(self, product: Product) -> int | None:
        """The texture to draw with, or None until a later frame."""
        if product.sku in self._keys:
            self._keys.move_to_end(product.sku)
            return self._keys[product.sku]
        self._wanted[product.sku] = product
        return None

    def draw_one(self) -> tuple[TextureUpdate, ...]:
        """Draw one wanted picture; drop the one not looked at for longest when there are many."""
        if not self._wanted:
            return ()
        sku, product = self._wanted.popitem(last=False)
        updates = [TextureUpdate(self._next, self._draw(product))]
        self._keys[sku] = self._next
        self._next += 1
        if len(self._keys) > PICTURES_MAX:
            _, old = self._keys.popitem(last=False)
            updates.append(TextureUpdate(old, None))
        return tuple(updates)
