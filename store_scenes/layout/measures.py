"""The few fixture measures that decide what fits: shared by the checker and the fixtures' shapes.

The server checks layouts and knows no geometry, so these numbers stand here and not beside the
meshes in `store_scenes.fixtures`; its contract test holds the two to the same table.
"""

import math
from collections.abc import Mapping

import msgspec

from store_scenes.layout.documents import FixturePlacement, Planogram, Shelf


class FixtureMeasures(msgspec.Struct, frozen=True):
    """Millimetres around the carrying surface of one fixture type.

    `shelf_mm` is how far a shelf reaches down below its own surface (its front band included).
    `back_mm`, `front_mm` and `side_mm` are what stands behind, before and beside the surfaces.
    """

    shelf_mm: float
    back_mm: float
    front_mm: float
    side_mm: float
    two_sided: bool
    one_surface: bool  # exactly one planogram with exactly one shelf


MEASURES: dict[str, FixtureMeasures] = {
    "gondola": FixtureMeasures(44.0, 26.0, 12.0, 32.0, two_sided=True, one_surface=False),
    "table": FixtureMeasures(46.0, 30.0, 30.0, 30.0, two_sided=False, one_surface=True),
}


class Footprint(msgspec.Struct, frozen=True):
    """A fixture's rectangle on the floor in millimetres; its middle, its sides, its turn."""

    x_mm: float
    z_mm: float
    width_mm: float
    depth_mm: float
    yaw_deg: float

    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four (x, z) corners, in order around."""
        cosine = math.cos(math.radians(self.yaw_deg))
        sine = math.sin(math.radians(self.yaw_deg))
        half_x, half_z = self.width_mm / 2.0, self.depth_mm / 2.0
        around = ((-half_x, -half_z), (half_x, -half_z), (half_x, half_z), (-half_x, half_z))
        return tuple(
            (self.x_mm + x * cosine + z * sine, self.z_mm - x * sine + z * cosine)
            for x, z in around
        )


def footprint(
    placement: FixturePlacement, planograms: Mapping[str, Planogram], measures: FixtureMeasures
) -> Footprint:
    """The floor a fixture covers: its wider side plus both ends; both depths if it has a back."""
    width = max(side_width(placement.planograms, planograms), 0.0)
    width = max(width, side_width(placement.back_planograms, planograms))
    sides = 2 if measures.two_sided and placement.back_planograms else 1
    return Footprint(
        placement.x_mm,
        placement.z_mm,
        width + 2.0 * measures.side_mm,
        placement.depth_mm * sides,
        placement.yaw_deg,
    )


def side_width(keys: tuple[str, ...], planograms: Mapping[str, Planogram]) -> float:
    """The width of a row of bays; a planogram that is missing counts nothing."""
    return sum(planograms[key].width_mm for key in keys if key in planograms)


def surface_depth(placement: FixturePlacement, shelf: Shelf, measures: FixtureMeasures) -> float:
    """How deep products may stand on a shelf, millimetres."""
    own = placement.depth_mm - measures.back_mm - measures.front_mm
    return shelf.depth_mm or own


def clearances(
    planogram: Planogram, measures: FixtureMeasures, ceiling_mm: float
) -> tuple[float, ...]:
    """For each shelf, how high products may reach above it before they meet what is above."""
    tops = [shelf.height_mm for shelf in planogram.shelves]
    above = [top - measures.shelf_mm for top in tops[1:]] + [ceiling_mm]
    return tuple(limit - top for limit, top in zip(above, tops, strict=False))
