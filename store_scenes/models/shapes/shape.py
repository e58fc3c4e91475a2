"""The contract of a package shape: where its art goes, and its surface.

To add one: write `kinds/NAME.py` with a `SHAPE`, add it to `registry.py`; the contract suite in
`tests/unit/store_scenes/models/test_shapes.py` runs over the registry.
"""

from collections.abc import Callable
from dataclasses import dataclass

from store_scenes.models.geometry import MeshBuilder
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme

SizeMm = tuple[float, float, float]

TRIANGLES_MAX = 1700
"""Of one unit: a shelf shows hundreds."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One package shape.

    `panels(size_mm)` gives the art's layout; `build(builder, size_mm, scheme)` adds the surface,
    metres, standing on y = 0 and centred in x and z, front along +z, filling its box to 0.5 mm.
    """

    panels: Callable[[SizeMm], tuple[Panel, ...]]
    build: Callable[[MeshBuilder, SizeMm, Scheme], None]
