"""Where things stand on the floor: fixtures, the entrance, zones."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from store_scenes.layout.documents import STORE_FILE, FixturePlacement, StoreLayout
from store_scenes.layout.findings import TOLERANCE_MM, Said
from store_scenes.layout.measures import MEASURES, Footprint, footprint
from store_scenes.layout.rules.rule import Checked

ENTRANCE_FREE_MM = 300.0
"""A shopper who arrives needs this much room around."""

Print = tuple[int, FixturePlacement, Footprint]


def check_floor(checked: Checked) -> Iterator[Said]:
    """What stands outside, in one another, or in the way."""
    layout = checked.layout
    floor = layout.store.floor
    prints: list[Print] = []
    for index, placement in enumerate(layout.store.fixtures):
        measures = MEASURES.get(placement.type)
        if measures is None:
            continue
        where = f"fixtures[{index}]"
        if abs(placement.yaw_deg / 90.0 - round(placement.yaw_deg / 90.0)) > 1e-6:
            yield Said(
                "fixture-yaw",
                STORE_FILE,
                f"{where}.yaw_deg",
                f"{placement.id} is turned by {placement.yaw_deg:g} degrees",
                "turn it in steps of 90 degrees",
            )
        area = footprint(placement, layout.planograms, measures)
        outside = any(
            abs(x) > floor.width_mm / 2.0 + TOLERANCE_MM
            or abs(z) > floor.depth_mm / 2.0 + TOLERANCE_MM
            for x, z in area.corners()
        )
        if outside:
            yield Said(
                "fixture-outside",
                STORE_FILE,
                where,
                f"{placement.id} ({area.width_mm:g} by {area.depth_mm:g} mm) reaches out of the "
                "room",
                "move it, turn it or make the floor larger",
            )
        prints.append((index, placement, area))
    yield from _crossing(prints)
    yield from _entrance(layout, prints)
    yield from _zones(layout)


def _crossing(prints: Sequence[Print]) -> Iterator[Said]:
    for (_, first, one), (index, second, two) in combinations(prints, 2):
        # Most pairs are far apart, and a large store has a great many.
        if abs(one.x_mm - two.x_mm) + abs(one.z_mm - two.z_mm) > _reach(one) + _reach(two):
            continue
        if _cross(one, two):
            yield Said(
                "fixture-overlap",
                STORE_FILE,
                f"fixtures[{index}]",
                f"{second.id} stands in {first.id}",
                "move one of them",
            )


def _reach(area: Footprint) -> float:
    return area.width_mm + area.depth_mm


def _entrance(layout: StoreLayout, prints: Sequence[Print]) -> Iterator[Said]:
    floor = layout.store.floor
    x, z = floor.entrance_x_mm, floor.entrance_z_mm
    if abs(x) > floor.width_mm / 2.0 or abs(z) > floor.depth_mm / 2.0:
        yield Said(
            "entrance-outside",
            STORE_FILE,
            "floor",
            f"the entrance at x {x:g}, z {z:g} mm lies outside the room",
            "move entrance_x_mm and entrance_z_mm onto the floor",
        )
    arrival = Footprint(x, z, 2.0 * ENTRANCE_FREE_MM, 2.0 * ENTRANCE_FREE_MM, 0.0)
    for index, placement, area in prints:
        if _cross(arrival, area):
            yield Said(
                "entrance-blocked",
                STORE_FILE,
                f"fixtures[{index}]",
                f"{placement.id} stands where shoppers arrive",
                f"leave {ENTRANCE_FREE_MM:g} mm free around the entrance",
            )


def _zones(layout: StoreLayout) -> Iterator[Said]:
    floor = layout.store.floor
    for index, zone in enumerate(layout.store.zones):
        outside_x = abs(zone.x_mm) + zone.width_mm / 2.0 > floor.width_mm / 2.0 + TOLERANCE_MM
        outside_z = abs(zone.z_mm) + zone.depth_mm / 2.0 > floor.depth_mm / 2.0 + TOLERANCE_MM
        if outside_x or outside_z:
            yield Said(
                "zone-outside",
                STORE_FILE,
                f"zones[{index}]",
                f"the zone {zone.id} reaches out of the room",
                "move it or make it smaller",
            )


def _cross(one: Footprint, two: Footprint) -> bool:
    """Whether two rectangles share floor, by the separating axis test on both pairs of sides."""
    first, second = one.corners(), two.corners()
    for around in (first, second):
        for (x0, z0), (x1, z1) in pairwise(around[:3]):
            axis = (x1 - x0, z1 - z0)
            length = (axis[0] ** 2 + axis[1] ** 2) ** 0.5
            if length == 0.0:
                return False
            spans = [
                [(x * axis[0] + z * axis[1]) / length for x, z in corners]
                for corners in (first, second)
            ]
            low, high = spans
            if max(low) <= min(high) + TOLERANCE_MM or max(high) <= min(low) + TOLERANCE_MM:
                return False
    return True
