"""The contract of a package shape: what it needs to know, where its art goes, and its surface.

To add one: write `kinds/NAME.py` with a `SHAPE`, add it to `registry.py`; the contract suite in
`tests/contract/test_package_shapes.py` runs over the registry.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from catalog_sync.model.product import Product
from store_scenes.models.geometry import MeshBuilder
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme

SizeMm = tuple[float, float, float]

TRIANGLES_MAX = 1700
"""Of one unit: a shelf shows hundreds."""

COLOUR_STEP = 15
"""Colours of caps, glass and skins are kept to 18 levels a channel, so that meshes are shared."""

NO_COLOUR: Rgb = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a mesh depends on; products with equal facts share one.

    `size_mm` is whole millimetres. `form` is one of the kind's own forms, `count` the units in a
    multipack, `variant` which of a few ways to crease. A kind leaves what it does not use alone.
    """

    size_mm: SizeMm
    form: str = ""
    count: int = 0
    variant: int = 0
    cap: Rgb = NO_COLOUR
    body: Rgb = NO_COLOUR


def whole_size(product: Product) -> SizeMm:
    """The product's sides in whole millimetres, rounded down: a mesh never leaves its box."""
    width, height, depth = (max(1.0, math.floor(s + 1e-6)) for s in product.dimensions_mm)
    return (width, height, depth)


def size_facts(product: Product, _scheme: Scheme) -> Facts:
    """Facts of a kind that only needs the size."""
    return Facts(whole_size(product))


def near_colour(colour: Rgb) -> Rgb:
    """The shared colour next to `colour`."""
    red, green, blue = (min(255, round(c / COLOUR_STEP) * COLOUR_STEP) for c in colour)
    return (red, green, blue)


@dataclass(frozen=True, slots=True)
class Shape:
    """One package shape.

    `facts(product, scheme)` reduces a product to what its mesh depends on. `panels(facts)` gives
    the art's layout; `build(builder, facts)` adds the surface, metres, standing on y = 0 and
    centred in x and z, front along +z, filling its box to 0.5 mm. All three are pure.
    """

    panels: Callable[[Facts], tuple[Panel, ...]]
    build: Callable[[MeshBuilder, Facts], None]
    facts: Callable[[Product, Scheme], Facts] = size_facts
