"""From the layout and the aisles that arrive to a compiled scene in shared memory."""

import asyncio
import functools
import math
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from catalog_sync.wire.codec import WireError, decompress
from catalog_sync.wire.limits import LAYOUT_BYTES_MAX
from store_scenes.compile.looks import PackageLooks
from store_scenes.compile.memo import CompileMemo
from store_scenes.compile.scene import SceneDescription
from store_scenes.layout.documents import StoreLayout
from store_scenes.models.mesh import ProductMesh
from vr_client.net.art_desk import FRONT
from vr_client.net.assets import AssetCache
from vr_client.net.far_art import FarArtFolder
from vr_client.net.shared import StoredScene, remove_orphans, shared_folders, store_scene
from vr_client.state.events import NetEvent, Progress

PROGRESS_EVERY_S = 0.05

Tell = Callable[[NetEvent | StoredScene], Awaitable[None]]


class StoreBuild:
    """Compiles once all aisles of the layout are here, and again when layout or products change.

    Prices and stock are no part of the scene, so they never cause a build.
    """

    def __init__(
        self, assets: AssetCache, scene_name: str, tell: Tell, kept: FarArtFolder | None = None
    ) -> None:
        self._kept = kept
        self._assets = assets
        self._scene_name = scene_name
        self._scenes = 0
        self._tell = tell
        self._layout: StoreLayout | None = None
        self._aisles: tuple[str, ...] = ()
        self._products: dict[str, tuple[Product, ...]] = {}
        self._changed = asyncio.Event()
        self._told_at_s = 0.0
        self._progress_tasks: set[asyncio.Future[None]] = set()  # kept, or they may vanish
        self._memo = CompileMemo()
        self._told: SceneDescription | None = None
        self._relight: asyncio.Task[None] | None = None
        self._looks = PackageLooks(self._load_model)

    async def take_layout(
        self, version: str, document: bytes, changed: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The aisles to subscribe to, nearest to the entrance first.

        Nothing is built before the products of the aisles in `changed` are here again.

        Raises:
            Failure: the layout is damaged or too large.
        """
        for aisle in changed:
            self._products.pop(aisle, None)
        if self._layout is not None and self._layout.version == version:
            return self._aisles
        self._layout, self._aisles = await asyncio.to_thread(_read_layout, document)
        self._products = {a: p for a, p in self._products.items() if a in self._aisles}
        self._changed.set()
        await self._tell(Progress("catalogue", len(self._products), len(self._aisles)))
        return self._aisles

    async def take_aisle(self, aisle: str, products: tuple[Product, ...]) -> None:
        """An aisle's products, for the first time or again."""
        if aisle not in self._aisles:
            return
        cold = tuple(
            msgspec.structs.replace(p, price=None, stock=0, was_price=None) for p in products
        )
        if self._products.get(aisle) == cold:
            return
        self._products[aisle] = cold
        self._changed.set()
        await self._tell(Progress("catalogue", len(self._products), len(self._aisles)))

    async def run(self) -> None:
        """Build whenever what is here is complete and new; ends with a failure or cancelled."""
        await asyncio.to_thread(remove_orphans, shared_folders())
        if self._kept is not None:
            await asyncio.to_thread(self._kept.prune)
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._layout is not None and len(self._products) == len(self._aisles):
                await self._build(self._layout)

    async def _build(self, layout: StoreLayout) -> None:
        products = {p.sku: p for aisle in self._aisles for p in self._products[aisle]}
        digests = {p.model for p in products.values() if p.package == "model" and p.model}
        loop = asyncio.get_running_loop()
        if digests:
            await self._tell(Progress("models", 0, len(digests)))
            await self._assets.fetch_all(digests, lambda d, t: self._progress("models", d, t))

        def progress(what: str, done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._progress, what, done, total)

        # In a thread, so that the connection's pings are answered while this takes its time.
        lit = self._memo.lit
        scene, stored = await asyncio.to_thread(
            self._compile, layout, list(products.values()), progress
        )
        self._told = scene
        await self._tell(stored)
        if lit is not None and scene.light is lit.light:
            self._relight = asyncio.create_task(self._relit(scene, layout, self._relight))

    async def _relit(
        self, scene: SceneDescription, layout: StoreLayout, before: asyncio.Task[None] | None
    ) -> None:
        """Bake the light of a scene that is shown already; a later scene makes it pointless."""
        if before is not None:
            await before  # one at a time: editing goes on meanwhile and needs the processor
        if self._told is not scene:
            return
        try:
            stored = await asyncio.to_thread(self._bake, scene, layout)
        except Failure:
            return  # no room for it: what is shown is whole, and a shade too light or dark
        if self._told is scene:
            await self._tell(stored)
        else:
            await asyncio.to_thread(Path(stored.path).unlink, missing_ok=True)

    def _bake(self, scene: SceneDescription, layout: StoreLayout) -> StoredScene:
        from store_scenes.compile.compiler import relit

        baked = relit(scene, layout, self._memo)
        return store_scene(baked, self._name(), shared_folders(), scene)

    @property
    def told(self) -> SceneDescription | None:
        """The store as it was told last."""
        return self._told

    def _name(self) -> str:
        """A shared file's name that no other has."""
        self._scenes += 1
        return f"{self._scene_name}-{self._scenes}"

    def picture(self, sku: str, key: bytes) -> Callable[[], NDArray[np.uint8]] | None:
        """What draws a picture of `sku`; None when its art has another key by now, or it is gone.

        See `vr_client.net.art_desk.WantArt`.
        """
        for aisle in self._products.values():
            for product in aisle:
                if product.sku != sku:
                    continue
                if key.startswith(FRONT):
                    return functools.partial(self._front, product)
                if self._looks.art_key(product) == key:
                    return functools.partial(self._looks.near, product)
        return None

    @staticmethod
    def _front(product: Product) -> NDArray[np.uint8]:
        from store_scenes.models.art import front_picture

        return front_picture(product)

    def _load_model(self, digest: str) -> ProductMesh:
        from store_scenes.models.cooked import load_cooked

        return load_cooked(self._assets.path(digest))

    def _compile(
        self,
        layout: StoreLayout,
        products: list[Product],
        progress: Callable[[str, int, int], None],
    ) -> tuple[SceneDescription, StoredScene]:
        from store_scenes.compile.compiler import compile_scene

        scene = compile_scene(
            layout, products, self._load_model, progress, self._memo, quick=True, kept=self._kept
        )
        return scene, store_scene(scene, self._name(), shared_folders(), self._told)

    def _progress(self, what: str, done: int, total: int) -> None:
        """At most twenty a second, and the last of each kind."""
        now_s = time.monotonic()
        if done < total and now_s - self._told_at_s < PROGRESS_EVERY_S:
            return
        self._told_at_s = now_s
        task = asyncio.ensure_future(self._tell(Progress(what, done, total)))
        self._progress_tasks.add(task)
        task.add_done_callback(self._progress_tasks.discard)


def _read_layout(document: bytes) -> tuple[StoreLayout, tuple[str, ...]]:
    from store_scenes.layout.load import aisle_products, decode_layout

    try:
        layout = decode_layout(decompress(document, LAYOUT_BYTES_MAX))
    except (WireError, ValueError) as error:
        raise Failure(
            f"The shop sent a layout that cannot be read ({error}): tell its operator."
        ) from error
    with_products = {aisle for aisle, skus in aisle_products(layout).items() if skus}
    return layout, _nearest_first(layout, with_products)


def _nearest_first(layout: StoreLayout, aisles: set[str]) -> tuple[str, ...]:
    """By the distance of each aisle's nearest fixture from the entrance."""
    floor = layout.store.floor
    nearest_mm = dict.fromkeys(sorted(aisles), math.inf)
    for fixture in layout.store.fixtures:
        if fixture.aisle in nearest_mm:
            away_mm = math.hypot(
                fixture.x_mm - floor.entrance_x_mm, fixture.z_mm - floor.entrance_z_mm
            )
            nearest_mm[fixture.aisle] = min(nearest_mm[fixture.aisle], away_mm)
    return tuple(sorted(nearest_mm, key=lambda aisle: nearest_mm[aisle]))
