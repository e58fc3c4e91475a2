"""A product without a model of its own: its package, made in code, with its art.

Mesh and art are separate: a mesh is shared by all products with equal `Facts`, art is a product's
own. Nothing here but `build_package` needs Skia or a font.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.models.detail import Levels
from store_scenes.models.geometry import Made, MeshBuilder, fit_exactly
from store_scenes.models.mesh import ProductMesh
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import scheme_of
from store_scenes.models.shapes.registry import SHAPES
from store_scenes.models.shapes.shape import Facts, Shape
from store_scenes.models.thinning import thinned

SIDE_MM_MIN, SIDE_MM_MAX = 4.0, 3000.0
"""A side of a package outside these is a mistake in the catalogue, not a product."""


@dataclass(frozen=True, slots=True)
class PackageMesh:
    """The surface that products with equal `key` share; see `ProductMesh` for its frame.

    vertices (n,) VERTEX; `levels` are its triangles, finest first. It fills the product's box in
    whole millimetres (rounded down), and its uvs are those of `package_panels`.
    """

    key: Hashable
    vertices: NDArray[np.void]
    levels: Levels

    @property
    def indices(self) -> NDArray[np.uint32]:
        """(m,) u4, the finest level."""
        return self.levels.indices[: self.levels.count[0]]


def package_mesh_key(product: Product) -> Hashable:
    """What `package_mesh` depends on: equal keys, equal meshes; costs no geometry.

    Raises:
        Failure: as `package_mesh`.
    """
    _shape, facts = _known(product)
    return (product.package, facts)


def package_mesh(product: Product) -> PackageMesh:
    """The surface of `product`'s package, without art.

    Raises:
        Failure: the product has a model of its own, or a side that no package can have.
    """
    shape, facts = _known(product)
    made = _surface(shape, facts)
    levels = thinned(made.vertices, made.indices, made.patches)
    return PackageMesh((product.package, facts), made.vertices, levels)


def package_panels(product: Product) -> tuple[Panel, ...]:
    """Where on the art the faces of `product`'s package are, in 512ths of the art's side.

    Raises:
        Failure: as `package_mesh`.
    """
    shape, facts = _known(product)
    return shape.panels(facts)


def build_package(product: Product, languages: tuple[str, str] = ("ko", "en")) -> ProductMesh:
    """The unit of `product` as its package shape: exactly its dimensions, with label art.

    `languages` are the large and the small name on the pack. Needs Skia and a font.

    Raises:
        Failure: as `package_mesh`, or there is no font with Hangul on this machine.
    """
    from store_scenes.models.art import draw_art

    shape, facts = _known(product)
    made = _surface(shape, facts)
    vertices = fit_exactly(made.vertices, product.dimensions_mm)
    levels = thinned(vertices, made.indices, made.patches)
    art = draw_art(product, shape.panels(facts), languages)
    return ProductMesh(vertices, made.indices, art, levels=levels)


def _known(product: Product) -> tuple[Shape, Facts]:
    shape = SHAPES.get(product.package)
    if shape is None:
        raise Failure(
            f"Product {product.sku} is packed as {product.package!r}, which is no package shape: "
            f"use one of {', '.join(sorted(SHAPES))} in the catalogue."
        )
    if not all(
        np.isfinite(side) and SIDE_MM_MIN <= side <= SIDE_MM_MAX for side in product.dimensions_mm
    ):
        sides = " × ".join(f"{side:g}" for side in product.dimensions_mm)
        raise Failure(
            f"Product {product.sku} is {sides} mm, and no package is: give each side between "
            f"{SIDE_MM_MIN:g} and {SIDE_MM_MAX:g} mm in the catalogue."
        )
    return shape, shape.facts(product, scheme_of(product))


def _surface(shape: Shape, facts: Facts) -> Made:
    builder = MeshBuilder()
    shape.build(builder, facts)
    made = builder.finish()
    return replace(made, vertices=fit_exactly(made.vertices, facts.size_mm))
