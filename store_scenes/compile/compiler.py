"""The compiler: one layout and its products in, one `SceneDescription` out.

Deterministic: equal input gives equal bytes. Packages and models come from `store_scenes.models`,
drawn faces from `store_scenes.compile.artwork`, furniture from `store_scenes.fixtures`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.assemble import Goods, MeshPool, Standing, place
from store_scenes.compile.boards import find_boards
from store_scenes.compile.decor import DrawArt
from store_scenes.compile.fittings import fitting_part
from store_scenes.compile.light_colour import bake_colours
from store_scenes.compile.light_field import bake_light, grid_of
from store_scenes.compile.looks import KeptArt, Looks, PackageLooks
from store_scenes.compile.memo import CompileMemo, KnownProduct
from store_scenes.compile.rails import LABEL_HEIGHT, LABEL_WIDTH
from store_scenes.compile.scene import (
    ART_KEY_BYTES,
    CEILING_PANEL,
    LABEL,
    LIGHT_ARRAYS,
    SOLID,
    AisleLine,
    SceneDescription,
)
from store_scenes.compile.stocking import Stock, stock_fixture
from store_scenes.compile.surroundings import build_surroundings
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.fixture import Fixture, FixtureType, Part
from store_scenes.fixtures.registry import FIXTURE_TYPES
from store_scenes.fixtures.shapes import yaw_matrix
from store_scenes.layout.arrange import POSTER_DEPTH_MM
from store_scenes.layout.documents import FixturePlacement, Planogram, StoreLayout
from store_scenes.models.detail import DetailedMesh, detailed, mesh_digest
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, ProductMesh

Progress = Callable[[str, int, int], None]

_WHITE = np.full((ART_SIZE, ART_SIZE, 4), 255, dtype=np.uint8)

ROUND_M = 0.001

ART_OF_PRODUCTS = 1 << 24
"""Where products' art begins while it is not yet known how many fixed pictures there are."""


def compile_scene(
    layout: StoreLayout,
    products: Sequence[Product],
    load_model: Callable[[str], ProductMesh],
    progress: Progress,
    memo: CompileMemo | None = None,
    *,
    quick: bool = False,
    lit: bool = True,
    kept: KeptArt | None = None,
) -> SceneDescription:
    """Compile a store.

    `load_model` takes `Product.model` and gives its mesh. `progress` is told a stage (`models`,
    `shelves`), how many are done and how many there are. Positions whose product is not among
    `products` stay empty. A `memo` that went through the compilation before makes this one quick. A
    `quick` one wears the light baked last, where that fits, until `relit`. Without `lit` it has no
    light: most of the work, and of use to a renderer only. `kept` has far art of runs before.

    Raises:
        Failure: a model or a font is missing or broken.
    """
    from store_scenes.compile.artwork.draw import draw_artwork

    language = layout.store.locale.replace("_", "-").partition("-")[0]

    def draw(artwork: Artwork) -> NDArray[np.uint8]:
        return draw_artwork(artwork, language)

    looks = PackageLooks(load_model, kept=kept)
    return compile_with(layout, products, looks, draw, progress, memo, quick=quick, lit=lit)


def compile_with(
    layout: StoreLayout,
    products: Sequence[Product],
    looks: Looks,
    draw: DrawArt,
    progress: Progress,
    memo: CompileMemo | None = None,
    *,
    quick: bool = False,
    lit: bool = True,
) -> SceneDescription:
    """As `compile_scene`, with the looks of products and of drawn faces as arguments.

    One memo takes one `looks` and one `draw`.
    """
    known = {product.sku: product for product in products}
    bays = _Bays(layout.planograms)
    placed = bays.skus(name for one in layout.store.fixtures for name in _bays_of(one))
    # In an order that no move of a shelf changes: pictures stay where they are.
    skus = tuple(sorted(placed.keys() & known.keys()))
    rows = {sku: row for row, sku in enumerate(skus)}
    memo = memo if memo is not None else CompileMemo()
    work = _Work(layout, bays, known, rows, looks, draw, memo)
    work.products(skus, progress)
    work.fixtures(progress)
    work.surroundings()
    scene = work.scene(skus)
    memo.products = {sku: memo.products[sku] for sku in skus}
    memo.turn()
    if not lit:
        return scene
    last = memo.lit
    if quick and last is not None and last.light.shape[:3] == grid_of(scene).shape:
        return replace(scene, **{name: getattr(last, name) for name in LIGHT_ARRAYS})
    return relit(scene, layout, memo)


class _Bays:
    """What a compilation asks of planograms again and again: worked out once for each."""

    def __init__(self, planograms: Mapping[str, Planogram]) -> None:
        self._planograms = planograms
        self._skus: dict[str, dict[str, None]] = {}
        self._packed: dict[str, bytes] = {}

    def skus(self, names: Iterable[str]) -> dict[str, None]:
        """The SKUs of planograms, each once, in the order of shelves; of one missing, none."""
        found: dict[str, None] = {}
        for name in names:
            if name not in self._skus:
                bay = self._planograms.get(name)
                shelves = bay.shelves if bay else ()
                skus = [p.sku for shelf in shelves for p in shelf.positions]
                self._skus[name] = dict.fromkeys(skus)
            found |= self._skus[name]
        return found

    def packed(self, names: Iterable[str]) -> tuple[bytes, ...]:
        """All that planograms say, to tell one from another by."""
        for name in names:
            if name not in self._packed:
                self._packed[name] = msgspec.msgpack.encode(self._planograms.get(name))
        return tuple([self._packed[name] for name in names])


def _bays_of(placement: FixturePlacement) -> tuple[str, ...]:
    """The planograms of both sides of a fixture."""
    return (*placement.planograms, *placement.back_planograms)


def relit(scene: SceneDescription, layout: StoreLayout, memo: CompileMemo) -> SceneDescription:
    """The scene with its own light; all other arrays are the very same."""
    glazed = layout.store.floor.shop_front
    lit = replace(scene, light=bake_light(scene, glass_front=glazed))
    colours = bake_colours(lit, layout.store.zones, glass_front=glazed)
    memo.lit = replace(lit, colours=colours)
    return memo.lit


@dataclass
class _Work:
    """What one compilation gathers, room by room."""

    layout: StoreLayout
    bays: "_Bays"
    known: Mapping[str, Product]
    row_of: dict[str, int]
    looks: Looks
    draw: DrawArt
    memo: CompileMemo
    pool: MeshPool = field(default_factory=MeshPool)
    standing: list[Standing] = field(default_factory=list)
    stocks: list[Stock] = field(default_factory=list)
    solids: list[NDArray[np.float64]] = field(default_factory=list)
    lines: list[AisleLine] = field(default_factory=list)
    signs: list[NDArray[np.uint8]] = field(default_factory=list)
    far: list[NDArray[np.uint8]] = field(default_factory=list)
    art_keys: list[bytes] = field(default_factory=list)
    mesh_of: dict[str, int] = field(default_factory=dict)
    stacked: dict[str, Product] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    row_of_part: dict[tuple[int, bool], tuple[Part, int]] = field(default_factory=dict)
    layer_of: dict[Artwork | None, int] = field(default_factory=lambda: {None: 0})
    ceiling: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, CEILING_PANEL))

    def products(self, skus: tuple[str, ...], progress: Progress) -> None:
        self.signs.append(_WHITE)
        for done, sku in enumerate(skus):
            progress("models", done, len(skus))
            self._product(self.known[sku])
        progress("models", len(skus), len(skus))

    def _product(self, product: Product) -> None:
        known = self.memo.products.get(product.sku)
        if known is None or (known.product is not product and known.product != product):
            mesh = self.memo.shapes.get(
                self.looks.mesh_key(product), lambda: self.looks.mesh(product)
            )
            key = self.looks.art_key(product)
            far = self.memo.far.get(key, lambda: self.looks.far(product))
            known = KnownProduct(product, mesh, key, far, _as_high_as(product, mesh))
            self.memo.products[product.sku] = known
        self.mesh_of[product.sku] = self.pool.add(known.mesh)
        self.art_keys.append(known.art_key)
        self.far.append(known.far)
        self.stacked[product.sku] = known.stacked
        if product.package == "produce" and _is_round(known.mesh):
            self.loose.add(product.sku)

    def fixtures(self, progress: Progress) -> None:
        placements = self.layout.store.fixtures
        for done, placement in enumerate(placements):
            progress("shelves", done, len(placements))
            build = FIXTURE_TYPES.get(placement.type)
            if build is not None:
                self._stand(self._built(build, placement), placement)
        progress("shelves", len(placements), len(placements))

    def _built(self, build: FixtureType, placement: FixturePlacement) -> Fixture:
        """The fixture in its own space, which does not change with where it stands."""
        height_mm = self.layout.store.floor.height_mm
        here = msgspec.structs.replace(placement, x_mm=0.0, z_mm=0.0, yaw_deg=0.0)
        key = (msgspec.msgpack.encode(here), self.bays.packed(_bays_of(placement)), height_mm)
        return self.memo.fixtures.get(
            key, lambda: build(placement, self.layout.planograms, height_mm)
        )

    def _stand(self, fixture: Fixture, placement: FixturePlacement) -> None:
        turn = yaw_matrix(placement.yaw_deg)
        at = np.array([placement.x_mm, 0.0, placement.z_mm]) / 1000.0
        pieces = fixture.pieces
        if pieces:
            layers = [self._layer(piece.artwork) for piece in pieces]
            slopes = [piece.slope_deg for piece in pieces]
            self.standing.append(
                Standing(
                    np.array([self._part(piece.part) for piece in pieces], dtype=np.int64),
                    at + np.array([piece.position for piece in pieces]) @ turn.T,
                    placement.yaw_deg + np.array([piece.yaw_deg for piece in pieces]),
                    np.ones(len(pieces)),
                    art_layer=np.array(layers, dtype=np.uint32),
                    slope_deg=np.array(slopes) if any(slopes) else 0.0,
                )
            )
        self.stocks.append(self._stocked(fixture, placement))
        middle = at + fixture.solids.mean(axis=1) @ turn.T
        half = (fixture.solids[:, 1] - fixture.solids[:, 0]) / 2.0 @ np.abs(turn).T
        self.solids.append(np.stack([middle - half, middle + half], axis=1))

    def _stocked(self, fixture: Fixture, placement: FixturePlacement) -> Stock:
        """What stands on a fixture and the labels of its rails."""
        planograms = self.layout.planograms
        bays = sorted({surface.planogram for surface in fixture.surfaces})
        stacked, handling = self.stacked, self.layout.handling
        skus = [sku for sku in self.bays.skus(bays) if sku in stacked]
        sizes = [(sku, stacked[sku].dimensions_mm) for sku in skus]
        handled = [handling.get(sku) for sku in skus] if handling else []
        loose = [sku for sku in skus if sku in self.loose] if self.loose else []
        packed = msgspec.msgpack.encode((placement, sizes, handled, loose))
        key = (id(fixture), self.bays.packed(bays), packed)
        return self.memo.stocked.get(
            key,
            lambda: stock_fixture(
                fixture, placement, planograms, self.stacked, self.layout.handling, self.loose
            ),
        )

    def _goods(self, stock: Stock) -> Goods:
        """The units of a fixture with their meshes and pictures."""
        rows = np.array([self.row_of[sku] for sku in stock.skus], dtype=np.int32)
        meshes = np.array([self.mesh_of[sku] for sku in stock.skus], dtype=np.int64)
        mesh, product = meshes[stock.sku], rows[stock.sku]
        for run in np.flatnonzero((stock.flat >= 0) & (stock.fitting < 0)):
            sku, axis = stock.skus[stock.sku[run]], int(stock.flat[run])
            mesh[run] = self.pool.add(
                self.memo.flats.get(
                    (self.memo.products[sku].mesh.digest, axis), partial(self._flat, sku, axis)
                )
            )
        art_layer = (ART_OF_PRODUCTS + product).astype(np.uint32)
        if stock.fittings:
            around = stock.fitting >= 0
            parts = [self._part(fitting_part(fitting)) for fitting in stock.fittings]
            mesh[around] = np.array(parts, dtype=np.int64)[stock.fitting[around]]
            product[around], art_layer[around] = -1, 0
        return Goods(
            mesh=mesh,
            product=product,
            art_layer=art_layer,
            position=stock.position,
            yaw_deg=stock.yaw_deg,
            orientation=stock.orientation,
            occlusion=stock.occlusion,
            many=stock.many,
            leaning=stock.leaning,
        )

    def _flat(self, sku: str, axis: int) -> DetailedMesh:
        """A product pressed flat along one of its axes: the picture that a poster shows of it."""
        mesh = self.memo.products[sku].mesh
        vertices = mesh.vertices.copy()
        middle = (mesh.low[axis] + mesh.high[axis]) / 2.0
        high = max(float(mesh.high[axis] - mesh.low[axis]), 1e-6)
        pressed = (vertices["position"][:, axis] - middle) * (POSTER_DEPTH_MM / 1000.0 / high)
        vertices["position"][:, axis] = middle + pressed
        return detailed(vertices, mesh.indices[: mesh.count[0]])

    def surroundings(self) -> None:
        around = build_surroundings(self.layout)
        for decor in around.decor:
            self.standing.append(
                Standing(
                    self._part(decor.part, coarse=not decor.whole_room),
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

    def _part(self, part: Part, *, coarse: bool = True) -> int:
        """The mesh of a piece; what is always near, such as the floor, needs no coarser levels."""
        known = self.row_of_part.get((id(part), coarse))
        if known is not None:
            return known[1]
        mesh = self.memo.detailed.get(part) if coarse else None
        if mesh is None:
            key = (mesh_digest(part.vertices, part.indices), coarse)
            make = partial(detailed, part.vertices, part.indices, coarse=coarse)
            mesh = self.memo.parts.get(key, make)
        if coarse:
            self.memo.detailed[part] = mesh
        row = self.pool.add(mesh)
        self.row_of_part[id(part), coarse] = (part, row)  # kept, or another may get its id
        return row

    def _layer(self, artwork: Artwork | None) -> int:
        """The picture of a drawn face, drawn when it is first asked for; 0 for none."""
        known = self.layer_of.get(artwork)
        if artwork is None or known is not None:
            return known or 0
        self.layer_of[artwork] = len(self.signs)
        self.signs.append(self.memo.faces.get(artwork, lambda: self.draw(artwork)))
        return self.layer_of[artwork]

    def scene(self, skus: tuple[str, ...]) -> SceneDescription:
        """What was gathered, as arrays."""
        floor = self.layout.store.floor
        half_x, half_z = floor.width_mm / 2000.0, floor.depth_mm / 2000.0
        room = ((-half_x, 0.0, -half_z), (half_x, floor.height_mm / 1000.0, half_z))
        solids = np.concatenate(self.solids)
        boards = find_boards(solids, room)
        goods = [self._goods(stock) for stock in self.stocks]
        vertices, indices, meshes = self.memo.joined("meshes", self.pool.meshes, self.pool.arrays)
        radii = np.array([mesh.radius for mesh in self.pool.meshes])
        stood = place(self.standing, goods, meshes, radii, boards)
        # Only now it is known how many fixed pictures there are.
        of_product = stood.instances["art_layer"] >= ART_OF_PRODUCTS
        stood.instances["art_layer"][of_product] -= np.uint32(ART_OF_PRODUCTS - len(self.signs))
        no_far = np.zeros((0, FAR_SIZE, FAR_SIZE, 4), dtype=np.uint8)
        far = self.memo.joined("far", self.far, lambda: np.stack(self.far) if self.far else no_far)
        keys = np.frombuffer(b"".join(self.art_keys), dtype=np.uint8)
        return SceneDescription(
            version=self.layout.version,
            vertices=vertices,
            indices=indices,
            meshes=meshes,
            instances=stood.instances,
            bounds=stood.bounds,
            product_of=stood.product_of,
            cells=stood.cells,
            draws=stood.draws,
            labels=_label_rows(self.stocks, self.row_of),
            solids=_solid_rows(solids),
            boards=boards.astype(np.float32),
            ceiling=self.ceiling,
            signs=self.memo.joined("signs", self.signs, lambda: np.stack(self.signs)),
            art_far=far,
            art_keys=keys.reshape(-1, ART_KEY_BYTES),
            skus=skus,
            aisles=tuple(self.lines),
            room=room,
            entrance=(
                floor.entrance_x_mm / 1000.0,
                floor.entrance_z_mm / 1000.0,
                floor.entrance_yaw_deg,
            ),
        )


def _is_round(mesh: DetailedMesh) -> bool:
    """Whether it takes no more room however it is turned."""
    across = np.minimum(-mesh.low, mesh.high)[[0, 2]]
    return mesh.radius <= float(across.min()) + ROUND_M


def _as_high_as(product: Product, mesh: DetailedMesh) -> Product:
    """The product with its mesh's own height, so that a stacked model stands on the one below.

    A model fills its stated box in one direction only; width and depth stay as stated, so that
    facings stand where the checker says.
    """
    width, height, depth = product.dimensions_mm
    own = float(mesh.high[1]) * 1000.0
    if product.package == "model" and own < height:
        return msgspec.structs.replace(product, dimensions_mm=(width, own, depth))
    return product


def _label_rows(stocks: list[Stock], row_of: dict[str, int]) -> NDArray[np.void]:
    rows = np.zeros(sum(len(stock.label_sku) for stock in stocks), LABEL)
    start = 0
    for stock in stocks:
        here = rows[start : start + len(stock.label_sku)]
        start += len(here)
        product = np.array([row_of[sku] for sku in stock.skus], dtype=np.uint32)
        here["product"] = product[stock.label_sku]
        here["centre"], here["right"] = stock.label_centre, stock.label_right
        here["up"] = stock.label_up
        wide = stock.label_width
        here["size"] = np.stack([wide, wide * (LABEL_HEIGHT / LABEL_WIDTH)], axis=1)
    return rows


def _solid_rows(boxes: NDArray[np.float64]) -> NDArray[np.void]:
    rows = np.zeros(len(boxes), SOLID)
    rows["min"], rows["max"] = boxes[:, 0], boxes[:, 1]
    return rows
