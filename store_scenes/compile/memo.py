"""What one compilation leaves for the next one: meshes, pictures and furniture that did not change.

Bounded by use: what neither of the last two compilations asked for is forgotten.
"""

import operator
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from store_scenes.compile.stocking import Stock
from store_scenes.fixtures.fixture import Fixture, Part
from store_scenes.models.detail import DetailedMesh

T = TypeVar("T")

KEPT_TURNS = 2


class Kept(Generic[T]):
    """Values by what they depend on, made when they are first asked for."""

    def __init__(self) -> None:
        self._values: dict[Hashable, T] = {}
        self._used: dict[Hashable, int] = {}
        self._turn = 0

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`; whatever `make` raises, nothing is kept then."""
        value = self._values.get(key)
        if value is None:
            value = self._values[key] = make()
        self._used[key] = self._turn
        return value

    def turn(self) -> None:
        """A compilation is over."""
        self._turn += 1
        for key in [key for key, last in self._used.items() if last <= self._turn - KEPT_TURNS - 1]:
            del self._values[key], self._used[key]

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """What a compilation needs of a product; `stacked` is it with its mesh's own height."""

    product: Product
    mesh: DetailedMesh
    art_key: bytes
    far: NDArray[np.uint8]
    stacked: Product


@dataclass
class CompileMemo:
    """Give the same one to every compilation of one process; equal scenes come out either way.

    `shapes` are products' meshes, `flats` those of pictures of them, `parts` those of furniture and
    room by digest, `detailed` those of parts that are made once for each set of measures, as long
    as these are kept, `far` products' far art by art key, `faces` drawn faces, `fixtures`
    furniture as built, `lit` the scene baked last, `stocked` what stands on fixtures, `products`
    what was found out about each SKU.
    """

    shapes: Kept[DetailedMesh] = field(default_factory=Kept)
    parts: Kept[DetailedMesh] = field(default_factory=Kept)
    far: Kept[NDArray[np.uint8]] = field(default_factory=Kept)
    faces: Kept[NDArray[np.uint8]] = field(default_factory=Kept)
    flats: Kept[DetailedMesh] = field(default_factory=Kept)
    fixtures: Kept[Fixture] = field(default_factory=Kept)
    stocked: Kept[Stock] = field(default_factory=Kept)
    detailed: WeakKeyDictionary[Part, DetailedMesh] = field(default_factory=WeakKeyDictionary)
    products: dict[str, KnownProduct] = field(default_factory=dict)
    lit: SceneDescription | None = None
    _joined: dict[str, tuple[tuple[object, ...], object]] = field(default_factory=dict)

    def joined(self, name: str, parts: Sequence[object], make: Callable[[], T]) -> T:
        """What `make` makes of `parts`; the very same object when all parts are those of before."""
        before = self._joined.get(name)
        if (
            before is not None
            and len(before[0]) == len(parts)
            and all(map(operator.is_, before[0], parts))
        ):
            return cast("T", before[1])
        made = make()
        self._joined[name] = (tuple(parts), made)
        return made

    def of_products(self) -> "CompileMemo":
        """What it knows of products, parts, drawn faces and light, but nothing of the layout."""
        return CompileMemo(
            shapes=self.shapes, flats=self.flats, far=self.far, faces=self.faces,
            detailed=self.detailed, products=dict(self.products), lit=self.lit,
            _joined=dict(self._joined),
        )  # fmt: skip

    def turn(self) -> None:
        """A compilation is over."""
        for kept in (
            self.shapes, self.parts, self.far, self.faces, self.flats, self.fixtures, self.stocked,
        ):  # fmt: skip
            kept.turn()
