"""What the client's state is, in eight bytes a field: equal bytes, equal state, in any process.

Values are immutable, so a field that is the very same object as a frame before costs nothing;
of products and labels only what changed is looked at.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import ARRAYS, SceneDescription
from vr_client.state.client_state import ClientState

FIELDS: Final = tuple(field.name for field in dataclasses.fields(ClientState))
FIELD_BYTES: Final = 8
PICTURE_BYTES: Final = 16

_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")


def digest(data: bytes | bytearray | memoryview, size: int = FIELD_BYTES) -> bytes:
    """`size` bytes that stand for `data`."""
    return hashlib.blake2b(data, digest_size=size).digest()


def bytes_of(array: NDArray[Any]) -> memoryview:
    """The bytes of an array, row after row; of one that lies so already without a copy."""
    if not array.size:
        return memoryview(b"")
    return np.ascontiguousarray(array).view(np.uint8).reshape(-1).data


class StateDigests:
    """Follows one client's state from frame to frame."""

    def __init__(self) -> None:
        self.now: dict[str, bytes] = {}
        """The digest of each field, as of the last look."""

        self._seen: dict[str, object] = {}
        self._products: dict[str, tuple[Product, bytes]] = {}
        self._dirty: frozenset[str] = frozenset()
        self._dirty_sum = 0
        self._skus: dict[str, int] = {}
        self._arrays: dict[str, tuple[NDArray[np.generic], bytes]] = {}
        self._special: dict[str, Callable[[Any], bytes]] = {
            "products": self._of_products,
            "labels_dirty": self._of_labels,
            "scene": self._of_scene,
            "pending": _of_pending,
        }

    def changed(self, state: ClientState) -> dict[str, bytes]:
        """The digests of those fields that are not what they were at the last look."""
        found: dict[str, bytes] = {}
        for name in FIELDS:
            value = getattr(state, name)
            if name in self.now and self._seen[name] is value:
                continue
            self._seen[name] = value
            made = self._special.get(name, _of_value)(value)
            if self.now.get(name) != made:
                self.now[name] = found[name] = made
        return found

    def _of_products(self, products: Mapping[str, Product]) -> bytes:
        known, now = self._products, {}
        for sku, product in products.items():
            entry = known.get(sku)
            if entry is None or entry[0] is not product:
                entry = (product, digest(_encoder.encode((sku, product))))
            now[sku] = entry
        self._products = now
        return digest(b"".join([entry[1] for entry in now.values()]))

    def _of_labels(self, dirty: frozenset[str]) -> bytes:
        for sku in dirty ^ self._dirty:
            known = self._skus.get(sku)
            if known is None:
                known = self._skus[sku] = int.from_bytes(digest(sku.encode("utf-8")), "little")
            self._dirty_sum ^= known
        self._dirty = dirty
        return self._dirty_sum.to_bytes(FIELD_BYTES, "little")

    def _of_scene(self, scene: SceneDescription | None) -> bytes:
        if scene is None:
            return bytes(FIELD_BYTES)
        arrays = {name: self._of_array(name, array) for name, array in scene.arrays().items()}
        rest = {
            field.name: getattr(scene, field.name)
            for field in dataclasses.fields(scene)
            if field.name not in ARRAYS
        }
        return digest(_encoder.encode((arrays, rest)))

    def _of_array(self, name: str, array: NDArray[np.generic]) -> bytes:
        known = self._arrays.get(name)
        if known is None or known[0] is not array:
            known = self._arrays[name] = (array, digest(bytes_of(array), PICTURE_BYTES))
        return known[1] + repr(array.shape).encode("ascii")


def _of_value(value: object) -> bytes:
    return digest(_encoder.encode(value))


def _of_pending(pending: tuple[object, ...]) -> bytes:
    return digest(_encoder.encode([(type(intent).__name__, intent) for intent in pending]))
