"""The compiler: one layout and its products in, one `SceneDescription` out.

Deterministic: equal input gives equal bytes. Packages and models come from `store_scenes.models`,
drawn faces from `store_scenes.compile.artwork`, furniture from `store_scenes.fixtures`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.assemble import MeshPool, Standing, place
from store_scenes.compile.decor import DrawArt
from store_scenes.compile.light_field import bake_light
from store_scenes.compile.scene import (
    CEILING_PANEL,
    LABEL,
    SOLID,
    AisleLine,
    SceneDescription,
)
from store_scenes.compile.stocking import (
    LABEL_HEIGHT,
    LABEL_WIDTH,
    HungLabel,
    stock_surface,
)
from store_scenes.compile.surroundings import build_surroundings
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.fixture import Fixture
from store_scenes.fixtures.registry import FIXTURE_TYPES
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.documents import FixturePlacement, StoreLayout
from store_scenes.layout.load import aisle_products
from store_scenes.models.mesh import ART_SIZE, ProductMesh

Progress = Callable[[str, int, int], None]
UnitMesh = Callable[[Product], ProductMesh]


def compile_scene(
    layout: StoreLayout,
    products: Sequence[Product],
    load_model: Callable[[str], ProductMesh],
    progress: Progress,
) -> SceneDescription:
    """Compile a store.

    `load_model` takes `Product.model` and gives its mesh. `progress` is told a stage (`models`,
    `shelves`), how many are done and how many there are. Positions whose product is not among
    `products` stay empty.

    Raises:
        Failure: a model or a font is missing or broken.
    """
    from store_scenes.compile.artwork.draw import draw_artwork
    from store_scenes.models.packages import build_package

    language = layout.store.locale.replace("_", "-").partition("-")[0]

    def unit_mesh(product: Product) -> ProductMesh:
        if product.package == "model" and product.model:
            return load_model(product.model)
        if product.package == "model":
            return build_package(msgspec.structs.replace(product, package="box"))
        return build_package(product)

    def draw(artwork: Artwork) -> NDArray[np.uint8]:
        return draw_artwork(artwork, language)

    return compile_with(layout, products, unit_mesh, draw, progress)


def compile_with(
    layout: StoreLayout,
    products: Sequence[Product],
    unit_mesh: UnitMesh,
    draw: DrawArt,
    progress: Progress,
) -> SceneDescription:
    """As `compile_scene`, with the looks of products and of drawn faces as arguments."""
    known = {product.sku: product for product in products}
    placed = dict.fromkeys(sku for skus in aisle_products(layout).values() for sku in skus)
    skus = tuple(sku for sku in placed if sku in known)
    work = _Work(layout, known, {sku: row for row, sku in enumerate(skus)}, draw)
    work.products(skus, unit_mesh, progress)
    work.fixtures(progress)
    work.surroundings()
    vertices, indices, meshes = work.pool.arrays()
    stood = place(work.standing, meshes)
    floor = layout.store.floor
    half_x, half_z = floor.width_mm / 2000.0, floor.depth_mm / 2000.0
    scene = SceneDescription(
        version=layout.version,
        vertices=vertices,
        indices=indices,
        meshes=meshes,
        instances=stood.instances,
        bounds=stood.bounds,
        product_of=stood.product_of,
        cells=stood.cells,
        draws=stood.draws,
        labels=_label_rows(work.labels, work.row_of),
        solids=_solid_rows(work.solids),
        ceiling=work.ceiling,
        art=np.stack(work.art),
        skus=skus,
        aisles=tuple(work.lines),
        room=((-half_x, 0.0, -half_z), (half_x, floor.height_mm / 1000.0, half_z)),
        entrance=(
            floor.entrance_x_mm / 1000.0,
            floor.entrance_z_mm / 1000.0,
            floor.entrance_yaw_deg,
        ),
    )
    return replace(scene, light=bake_light(scene, glass_front=floor.shop_front))


@dataclass
class _Work:
    """What one compilation gathers, room by room."""

    layout: StoreLayout
    known: Mapping[str, Product]
    row_of: dict[str, int]
    draw: DrawArt
    pool: MeshPool = field(default_factory=MeshPool)
    standing: list[Standing] = field(default_factory=list)
    labels: list[HungLabel] = field(default_factory=list)
    solids: list[NDArray[np.float64]] = field(default_factory=list)
    lines: list[AisleLine] = field(default_factory=list)
    art: list[NDArray[np.uint8]] = field(default_factory=list)
    mesh_of: dict[str, int] = field(default_factory=dict)
    stacked: dict[str, Product] = field(default_factory=dict)
    layer_of: dict[Artwork | None, int] = field(default_factory=lambda: {None: 0})
    ceiling: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, CEILING_PANEL))

    def products(self, skus: tuple[str, ...], unit_mesh: UnitMesh, progress: Progress) -> None:
        self.art.append(np.full((ART_SIZE, ART_SIZE, 4), 255, dtype=np.uint8))
        for done, sku in enumerate(skus):
            progress("models", done, len(skus))
            product = self.known[sku]
            mesh = _fitted(unit_mesh(product), product)
            self.mesh_of[sku] = self.pool.add(mesh.vertices, mesh.indices)
            self.art.append(mesh.art)
            self.stacked[sku] = _as_high_as(product, mesh)
        progress("models", len(skus), len(skus))

    def fixtures(self, progress: Progress) -> None:
        placements = self.layout.store.fixtures
        for done, placement in enumerate(placements):
            progress("shelves", done, len(placements))
            build = FIXTURE_TYPES.get(placement.type)
            if build is not None:
                fixture = build(
                    placement, self.layout.planograms, self.layout.store.floor.height_mm
                )
                self._stand(fixture, placement)
        progress("shelves", len(placements), len(placements))

    def _stand(self, fixture: Fixture, placement: FixturePlacement) -> None:
        turn = yaw_matrix(placement.yaw_deg)
        at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
        for piece in fixture.pieces:
            self.standing.append(
                Standing(
                    self.pool.add(piece.part.vertices, piece.part.indices),
                    (at + turn @ np.array(piece.position))[None, :],
                    placement.yaw_deg + piece.yaw_deg,
                    np.ones(1),
                    art_layer=self._layer(piece.artwork),
                )
            )
        for surface in fixture.surfaces:
            blocks, labels = stock_surface(surface, placement, self.layout.planograms, self.stacked)
            self.labels += labels
            for block in blocks:
                row = self.row_of[block.sku]
                self.standing.append(
                    Standing(
                        self.mesh_of[block.sku],
                        block.position,
                        block.yaw_deg,
                        block.occlusion,
                        art_layer=row + 1,
                        product=row,
                    )
                )
        middle = at + fixture.solids.mean(axis=1) @ turn.T
        half = (fixture.solids[:, 1] - fixture.solids[:, 0]) / 2.0 @ np.abs(turn).T
        self.solids.append(np.stack([middle - half, middle + half], axis=1))

    def surroundings(self) -> None:
        around = build_surroundings(self.layout)
        for decor in around.decor:
            self.standing.append(
                Standing(
                    self.pool.add(decor.part.vertices, decor.part.indices),
                    decor.position,
                    decor.yaw_deg,
                    np.ones(len(decor.position)),
                    art_layer=self._layer(decor.artwork),
                    whole_room=decor.whole_room,
                )
            )
        self.solids.append(around.solids)
        self.ceiling = around.ceiling
        self.lines = around.lines

    def _layer(self, artwork: Artwork | None) -> int:
        """The art layer of a drawn face, drawn when it is first asked for; 0 for none."""
        if artwork is not None and artwork not in self.layer_of:
            self.layer_of[artwork] = len(self.art)
            self.art.append(self.draw(artwork))
        return self.layer_of[artwork]


def _fitted(mesh: ProductMesh, product: Product) -> ProductMesh:
    """A model scaled evenly so that it fits its stated box, standing on the middle of its base."""
    if product.package != "model":
        return mesh
    position = mesh.vertices["position"].astype(np.float64)
    low, high = position.min(axis=0), position.max(axis=0)
    stated = np.array(product.dimensions_mm) / 1000.0
    size = np.maximum(high - low, 1e-6)
    base = np.array([(low[0] + high[0]) / 2.0, low[1], (low[2] + high[2]) / 2.0])
    vertices = mesh.vertices.copy()
    vertices["position"] = (position - base) * float((stated / size).min())
    return ProductMesh(vertices, mesh.indices, mesh.art)


def _as_high_as(product: Product, mesh: ProductMesh) -> Product:
    """The product with its mesh's own height, so that a stacked model stands on the one below.

    A model fills its stated box in one direction only; width and depth stay as stated, so that
    facings stand where the checker says.
    """
    width, height, depth = product.dimensions_mm
    own = float(mesh.vertices["position"][:, 1].max()) * 1000.0
    if product.package == "model" and own < height:
        return msgspec.structs.replace(product, dimensions_mm=(width, own, depth))
    return product


def _label_rows(labels: list[HungLabel], row_of: dict[str, int]) -> NDArray[np.void]:
    rows = np.zeros(len(labels), LABEL)
    if labels:
        rows["centre"] = [label.centre for label in labels]
        rows["right"] = [label.right for label in labels]
        rows["product"] = [row_of[label.sku] for label in labels]
    rows["up"] = (0.0, 1.0, 0.0)
    rows["size"] = (LABEL_WIDTH, LABEL_HEIGHT)
    return rows


def _solid_rows(solids: list[NDArray[np.float64]]) -> NDArray[np.void]:
    boxes = np.concatenate(solids)
    rows = np.zeros(len(boxes), SOLID)
    rows["min"], rows["max"] = boxes[:, 0], boxes[:, 1]
    return rows
