"""The furniture a plan uses: how wide and deep a bay is, and how high goods may stand in it.

What a fixture type can carry comes from `store_scenes.layout.measures`; the choices here are those
of a shopfitter.
"""

import msgspec

from store_scenes.layout.arrange import FRONT_INSET_MM
from store_scenes.layout.measures import MEASURES, FixtureMeasures

FINGER_MM = 30.0
"""Free above the goods on a shelf, so that a hand can lift one out."""

PITCH_MM = 25.0
"""Uprights are slotted at this pitch."""

CONTENT_MM_MIN = 160.0
"""No shelf is hung closer to the next than this."""


class Furniture(msgspec.Struct, frozen=True):
    """One kind of bay, millimetres.

    Goods end `goods_top_mm` above the floor at the latest. `single` bays carry one shelf, at
    `first_mm`. With `tiers`, shelves are that many tiers of a stepped stand, each `tier_mm` above
    the one before it. `upper_mm`: the depth of the shelves over the first, where it is another.
    """

    type: str
    bay_mm: float
    depth_mm: float
    height_mm: float
    first_mm: float
    goods_top_mm: float
    rows_max: int = 7
    single: bool = False
    tiers: int = 0
    tier_mm: float = 0.0
    upper_mm: float = 0.0

    @property
    def measures(self) -> FixtureMeasures:
        """What the checker knows about the type."""
        return MEASURES[self.type]

    @property
    def facing_mm(self) -> float:
        """The deepest product that every shelf takes."""
        measures = self.measures
        own = self.depth_mm - measures.back_mm - measures.front_mm
        if self.tiers:
            own = (self.depth_mm - measures.back_mm) / self.tiers - measures.front_mm
        return (self.upper_mm or own) - FRONT_INSET_MM


def gondola(depth_mm: float = 450.0, bay_mm: float = 1000.0, rows_max: int = 7) -> Furniture:
    """A steel bay; deep ones carry bulky goods."""
    return Furniture("gondola", bay_mm, depth_mm, 2000.0, 150.0, 1960.0, rows_max)


def chiller() -> Furniture:
    """An open cooled cabinet: a deep well below, shallower shelves over it."""
    height = 2050.0
    return Furniture(
        "chiller", 1000.0, 800.0, height, 350.0, _below_head("chiller", height), rows_max=6,
        upper_mm=480.0,
    )  # fmt: skip


def freezer() -> Furniture:
    """A chest with one floor that people walk around."""
    return Furniture(
        "freezer", 1200.0, 850.0, 900.0, 520.0, _below_head("freezer", 900.0), single=True
    )


def produce() -> Furniture:
    """A stand of three stepped tiers of crates."""
    return Furniture("produce", 1200.0, 1150.0, 1150.0, 480.0, 1500.0, tiers=3, tier_mm=180.0)


def endcap(width_mm: float) -> Furniture:
    """The end of a run, `width_mm` over all, under its header board."""
    inner = width_mm - 2.0 * MEASURES["endcap"].side_mm
    height = 1950.0
    return Furniture(
        "endcap", inner, 450.0, height, 150.0, _below_head("endcap", height), rows_max=5
    )


def table() -> Furniture:
    """A promotion table before the entrance."""
    return Furniture("table", 1400.0, 800.0, 780.0, 780.0, 1180.0, single=True)


def _below_head(name: str, height: float) -> float:
    """The height that goods in a fixture of a type end below."""
    return height - (MEASURES[name].head_mm or 0.0)
