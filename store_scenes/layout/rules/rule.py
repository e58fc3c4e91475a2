"""The contract of a rule: its stable id and what it means; its check yields what is wrong.

A check is a function of a `Checked` store that yields `Said`. One function may speak for several
rules. What it says is an error or less by the registry and the store's own settings, never by the
function.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import (
    CheckSettings,
    FixturePlacement,
    Planogram,
    Severity,
    Shelf,
    StoreLayout,
    planogram_path,
)
from store_scenes.layout.measures import MEASURES, FixtureMeasures, surface_depths


class Rule(msgspec.Struct, frozen=True):
    """One rule. `title` is a short sentence about a sound store, `help` says how to mend one."""

    id: str
    severity: Severity
    title: str
    help: str
    repairable: bool = False


class Stocked(msgspec.Struct, frozen=True):
    """One shelf of one planogram on one fixture, with its goods where they stand.

    `where` is the shelf's path inside the planogram's document, `depth_mm` that of its surface.
    """

    placement: FixturePlacement
    measures: FixtureMeasures
    key: str
    planogram: Planogram
    number: int
    shelf: Shelf
    depth_mm: float
    blocks: tuple[Arranged, ...]

    @property
    def path(self) -> str:
        """The planogram's file, relative to the store folder."""
        return planogram_path(self.key)

    @property
    def where(self) -> str:
        """The shelf's path inside the document."""
        return f"shelves[{self.number}]"

    @property
    def width_mm(self) -> float:
        """The surface's own width."""
        return self.shelf.width_mm or self.planogram.width_mm


class Checked:
    """A store that is being checked: what several rules need is worked out once."""

    def __init__(self, layout: StoreLayout, folder: Path, unsound: Mapping[str, str]) -> None:
        """`unsound`: by model, why it cannot be shown."""
        self.layout = layout
        self.folder = folder
        self.unsound = unsound
        self.settings: CheckSettings = layout.store.check
        self.products: dict[str, Product] = {product.sku: product for product in layout.products}

    @cached_property
    def placed(self) -> dict[str, None]:
        """SKUs on any shelf, in the order of shelves."""
        return {
            position.sku: None
            for planogram in self.layout.planograms.values()
            for shelf in planogram.shelves
            for position in shelf.positions
        }

    @cached_property
    def stocked(self) -> tuple[Stocked, ...]:
        """Every shelf of every fixture of a known type; a planogram on two fixtures comes twice."""
        return tuple(self._stocked())

    def _stocked(self) -> Iterator[Stocked]:
        arranged: dict[tuple[str, int, float], tuple[Arranged, ...]] = {}
        for placement in self.layout.store.fixtures:
            measures = MEASURES.get(placement.type)
            if measures is None:
                continue
            for key in dict.fromkeys((*placement.planograms, *placement.back_planograms)):
                planogram = self.layout.planograms.get(key)
                if planogram is None:
                    continue
                depths = surface_depths(placement, planogram, measures)
                for number, shelf in enumerate(planogram.shelves):
                    depth = depths[number]
                    known = arranged.get((key, number, depth))
                    if known is None:
                        known = arranged[key, number, depth] = tuple(self._arranged(shelf, depth))
                    yield Stocked(
                        placement, measures, key, planogram, number, shelf, depth, known
                    )  # fmt: skip

    def _arranged(self, shelf: Shelf, depth_mm: float) -> list[Arranged]:
        divider = shelf.divider.width_mm if shelf.divider else 0.0
        return arrange_shelf(
            shelf.positions, depth_mm, self.products, self.layout.handling, divider
        )
