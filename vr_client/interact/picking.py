"""Which product on the shelf a ray meets first; shelves, floor and walls stand in the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.rays import Boxes, Ray, box_distances, ray_towards


@dataclass(frozen=True, slots=True)
class ProductHit:
    """`instance` is a row of the scene; -1: something solid that is not for sale."""

    instance: int
    distance_m: float


class PickIndex:
    """A scene arranged for picking: cells first, then the units of the few cells that are hit."""

    def __init__(self, scene: SceneDescription) -> None:
        self._units = Boxes.of(scene.bounds)
        self._for_sale = scene.product_of >= 0
        self.solids: NDArray[np.float32] = np.stack(
            [scene.solids["min"], scene.solids["max"]], axis=1
        )
        self._solids = Boxes.of(self.solids)
        cells = scene.cells[scene.cells["draw_count"] > 0]
        self._cells = Boxes.of(np.stack([cells["bounds_min"], cells["bounds_max"]], axis=1))
        last = cells["first_draw"] + cells["draw_count"] - 1
        self._first = scene.draws["first_instance"][cells["first_draw"]]
        self._stop = scene.draws["first_instance"][last] + scene.draws["instance_count"][last]

    def nearest(self, ray: Ray) -> ProductHit | None:
        """The first thing the ray meets, product or solid; None when it meets nothing."""
        solids = box_distances(ray, self._solids)
        solid_m = float(solids.min()) if len(solids) else np.inf
        best, best_m = -1, solid_m
        entries = box_distances(ray, self._cells)
        met = np.flatnonzero(entries < best_m)
        for cell in met[np.argsort(entries[met])]:
            if not entries[cell] < best_m:
                break  # every further cell begins behind what was found
            first, stop = int(self._first[cell]), int(self._stop[cell])
            distances = box_distances(ray, self._units.part(first, stop))
            distances[~self._for_sale[first:stop]] = np.inf
            row = int(distances.argmin())
            if distances[row] < best_m:
                best, best_m = first + row, float(distances[row])
        return ProductHit(best, best_m) if best_m < np.inf else None

    def clear_fraction(self, eye: NDArray[np.float64], points: NDArray[np.float64]) -> float:
        """How far towards `points` (n, 3) one can go from `eye` before anything is in the way.

        1.0 when nothing is. An eye inside something sees no way at all, so that does not count.
        """
        clear = 1.0
        for point in points:
            hit = self.nearest(ray_towards(eye, point))
            if hit is not None and hit.distance_m > 0.0:
                clear = min(clear, hit.distance_m / float(np.linalg.norm(point - eye)))
        return clear
