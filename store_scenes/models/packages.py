"""A product without a model of its own: its package, made in code, with its art."""

import numpy as np

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.models.geometry import MeshBuilder, fit_exactly
from store_scenes.models.mesh import ProductMesh
from store_scenes.models.scheme import scheme_of
from store_scenes.models.shapes.registry import SHAPES

SIDE_MM_MIN, SIDE_MM_MAX = 4.0, 3000.0
"""A side of a package outside these is a mistake in the catalogue, not a product."""


def build_package(product: Product, languages: tuple[str, str] = ("ko", "en")) -> ProductMesh:
    """The unit of `product` as its package shape: exactly its dimensions, with label art.

    `languages` are the large and the small name on the pack. Needs Skia and a font.

    Raises:
        Failure: the product has a model of its own, or a side that no package can have.
    """
    from store_scenes.models.art import draw_art

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
    builder = MeshBuilder()
    shape.build(builder, product.dimensions_mm, scheme_of(product))
    vertices, indices = builder.finish()
    art = draw_art(product, shape.panels(product.dimensions_mm), languages)
    return ProductMesh(fit_exactly(vertices, product.dimensions_mm), indices, art)


def fit_to_dimensions(mesh: ProductMesh, dimensions_mm: tuple[float, float, float]) -> ProductMesh:
    """An imported mesh scaled evenly into its product's box, standing at the middle of its base.

    It fills the box along its tightest side and never leaves it.
    """
    position = mesh.vertices["position"].astype(np.float64)
    low, high = position.min(axis=0), position.max(axis=0)
    box = np.asarray(dimensions_mm, np.float64) / 1000.0
    scale = float(np.min(box / np.maximum(high - low, 1e-9)))
    foot = np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    vertices = mesh.vertices.copy()
    vertices["position"] = (position - foot) * scale
    return ProductMesh(vertices, mesh.indices, mesh.art)
