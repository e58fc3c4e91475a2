"""Shelf-edge labels that are out of date, nearest first, a few redrawn in each frame."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import LabelUpdate
from vr_client.state.client_state import ClientState

LABELS_PER_FRAME = 16
"""About 2 ms of drawing; a count and not a clock, so that a replayed frame is the same frame."""

DrawLabel = Callable[[Product, str, str], NDArray[np.uint8]]
"""(product, locale, language) to (128, 256, 4) pixels: `vr_client.labels.draw.draw_label`."""


class LabelQueue:
    """Knows which layers of the label texture show which SKU."""

    def __init__(self, draw: DrawLabel) -> None:
        self._draw = draw
        self._layers: dict[str, list[int]] = {}
        self._centres: NDArray[np.float32] = np.empty((0, 3), np.float32)
        self._queue: list[str] = []
        self._queued: frozenset[str] = frozenset()

    def load(self, scene: SceneDescription) -> None:
        """Forget what was; the labels of `scene` are drawn as the state says they are dirty."""
        self._layers = {}
        for layer, product in enumerate(scene.labels["product"]):
            self._layers.setdefault(scene.skus[int(product)], []).append(layer)
        self._centres = np.ascontiguousarray(scene.labels["centre"])
        self._queue, self._queued = [], frozenset()

    def take(
        self, state: ClientState, eye: NDArray[np.float64]
    ) -> tuple[tuple[LabelUpdate, ...], frozenset[str]]:
        """This frame's labels, and the SKUs that are now up to date (drawn or on no shelf)."""
        if state.labels_dirty - self._queued:
            self._sort(state.labels_dirty, eye)
        updates: list[LabelUpdate] = []
        done = set[str]()
        while self._queue and len(updates) < LABELS_PER_FRAME:
            sku = self._queue.pop()
            done.add(sku)
            product = state.products.get(sku)
            if product is None or sku not in self._layers:
                continue
            pixels = self._draw(product, state.locale, state.language)
            updates.extend(LabelUpdate(layer, pixels) for layer in self._layers[sku])
        self._queued -= done
        return tuple(updates), frozenset(done)

    def _sort(self, dirty: frozenset[str], eye: NDArray[np.float64]) -> None:
        """Furthest first, since the queue is taken from its end."""
        away = np.linalg.norm(self._centres - eye, axis=1)

        def distance(sku: str) -> tuple[float, str]:
            layers = self._layers.get(sku)
            return (float(away[layers].min()) if layers else np.inf, sku)

        self._queue = sorted(dirty, key=distance, reverse=True)
        self._queued = dirty
