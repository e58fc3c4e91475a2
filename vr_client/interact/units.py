"""What a hand can take: each unit's own box, and where on its shelf it stands. Pure; metres."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import Matrix
from vr_client.interact.rays import Boxes, Ray, box_distances
from vr_client.space.pose import inverse_rigid, standing, transform_point

Box = NDArray[np.float64]
"""(2, 3): the least and the greatest corner."""


class Units:
    """The units of a scene by their rows."""

    def __init__(self, scene: SceneDescription) -> None:
        self._instances = scene.instances
        self._meshes = scene.meshes
        self._draws = scene.draws
        self._product_of = scene.product_of
        self._skus = scene.skus

    def is_one(self, instance: int) -> bool:
        """Whether the row is a unit for sale."""
        return 0 <= instance < len(self._product_of) and bool(self._product_of[instance] >= 0)

    def sku(self, instance: int) -> str:
        """Of a unit for sale."""
        return self._skus[int(self._product_of[instance])]

    def product(self, instance: int) -> int:
        """The row of its product."""
        return int(self._product_of[instance])

    def home(self, instance: int) -> Matrix:
        """`world_from_unit` on the shelf."""
        row = self._instances[instance]
        return standing(row["position"].astype(np.float64), row["rotation"].astype(np.float64))

    def box(self, instance: int) -> Box:
        """The unit's box in its own space: label towards +z, standing on y = 0."""
        first = self._draws["first_instance"]
        run = int(np.searchsorted(first, instance, side="right")) - 1
        mesh = self._meshes[self._draws["mesh"][run]]
        return np.array([mesh["bounds_min"], mesh["bounds_max"]], dtype=np.float64)


def middle_of(world_from_unit: Matrix, box: Box) -> NDArray[np.float64]:
    """The middle of a unit's box, in the scene."""
    return transform_point(world_from_unit, box.mean(axis=0))


def around(world_from_unit: Matrix, box: Box) -> Box:
    """The upright box around a unit that is turned anyhow."""
    half = np.abs(world_from_unit[:3, :3]) @ ((box[1] - box[0]) * 0.5)
    middle = middle_of(world_from_unit, box)
    return np.array([middle - half, middle + half])


def away_from(point: NDArray[np.float64], world_from_unit: Matrix, box: Box) -> float:
    """How far `point` is from a unit's turned box; 0 inside."""
    local = transform_point(inverse_rigid(world_from_unit), point)
    return float(np.linalg.norm(np.maximum(np.maximum(box[0] - local, local - box[1]), 0.0)))


def met_at(ray: Ray, world_from_unit: Matrix, box: Box) -> float:
    """How far along `ray` it meets a unit's turned box; inf where it does not."""
    turned = inverse_rigid(world_from_unit)
    local = Ray(transform_point(turned, ray.origin), turned[:3, :3] @ ray.direction)
    return float(box_distances(local, Boxes.of(box))[0])
