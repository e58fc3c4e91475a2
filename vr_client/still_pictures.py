"""All pictures of a still, at once: every label as seen from afar, and near art and labels.

The same residency as a client's, asked for a view at a time; nothing is left for later.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import ArtUpdate, EyeView, LabelUpdate
from vr_client.label_queue import FAR_SIZE, NEAR_SIZE, DrawLabel
from vr_client.label_queue import REACH_M as LABEL_REACH_M
from vr_client.near_art import REACH_M, seen_places
from vr_client.residency import Residency

Looks = Callable[[Product], NDArray[np.uint8]]
"""A product's near art, (512, 512, 4) u1 sRGB."""


class StillPictures:
    """Hand `near` to `render_still`."""

    def __init__(
        self,
        scene: SceneDescription,
        products: Mapping[str, Product],
        locale: str,
        near_art: Looks,
        draw_label: DrawLabel,
    ) -> None:
        self._scene, self._near_art, self._draw_label = scene, near_art, draw_label
        self._products = [products[sku] for sku in scene.skus]
        self._words = (locale, locale.replace("-", "_").partition("_")[0])
        self._art: Residency | None = None
        self._labels: Residency | None = None

    def near(
        self, view: EyeView, art_slots: int, label_slots: int
    ) -> tuple[tuple[LabelUpdate, ...], tuple[ArtUpdate, ...]]:
        """What `view` shows that no view before it did."""
        labels: list[LabelUpdate] = []
        if self._art is None or self._labels is None:
            self._art, self._labels = self._begin(art_slots, label_slots)
            labels += self._far_labels()
        eye, forward = view.world_from_eye[:3, 3], -view.world_from_eye[:3, 2]
        self._art.look(eye, forward)
        self._labels.look(eye, forward)
        for row in list(self._labels.wanted):
            pixels = self._draw_label(self._products[row], *self._words, NEAR_SIZE, stark=False)
            labels.append(LabelUpdate(row, pixels, self._labels.admit(row)))
        art = [
            ArtUpdate(self._art.admit(row), row, self._near_art(self._products[row]))
            for row in list(self._art.wanted)
        ]
        return tuple(labels), tuple(art)

    def _begin(self, art_slots: int, label_slots: int) -> tuple[Residency, Residency]:
        scene = self._scene
        art = Residency(art_slots, REACH_M)
        art.load(scene.skus, *seen_places(scene))
        labels = Residency(label_slots, LABEL_REACH_M)
        labels.load(scene.skus, scene.labels["product"], scene.labels["centre"])
        return art, labels

    def _far_labels(self) -> list[LabelUpdate]:
        return [
            LabelUpdate(
                int(row), self._draw_label(self._products[row], *self._words, FAR_SIZE, stark=False)
            )
            for row in np.unique(self._scene.labels["product"])
        ]
