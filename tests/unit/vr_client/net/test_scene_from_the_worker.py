"""The worker compiles what a shop sends, and the frame gets the very same scene, once."""

import os
import threading
import time

import msgspec
import numpy as np
import pytest
from websockets.sync.server import serve

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire import messages as wire
from catalog_sync.wire.codec import compress, decode_client, encode
from catalog_sync.wire.columns import encode_cold, encode_hot
from catalog_sync.wire.messages import Delta, Hello, Layout, Snapshot, Subscribe, Welcome
from store_scenes.compile.compiler import compile_scene
from store_scenes.compile.looks import PackageLooks
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.layout.load import _version, encode_layout
from store_scenes.models.art import front_picture
from vr_client.net.art_desk import FRONT, PLACES
from vr_client.net.build import _nearest_first
from vr_client.net.handle import SyncWorker
from vr_client.net.shared import shared_folders
from vr_client.state.events import (
    Disconnected,
    LayoutProblem,
    PricesChanged,
    ProductsLoaded,
    Progress,
    SceneReady,
)

LIMIT_S = 60.0


def product(sku):
    return Product(
        sku, {"en": sku}, "Brand", "tea", "box", (80.0, 120.0, 60.0), Money(150, "USD"), 9
    )


def table(aisle, z_mm):
    return FixturePlacement(aisle, "table", aisle, 0.0, z_mm, (aisle,), height_mm=750.0)


def planogram(name, sku):
    return Planogram(name, 600.0, (Shelf(750.0, (Position(sku),)),))


STORE = StoreDocument(
    1, "small", {"en": "Small"}, "en-US", "USD", "catalog.csv",
    Floor(6000.0, 8000.0, entrance_z_mm=3000.0),
    (Aisle("far", {"en": "Far"}), Aisle("near", {"en": "Near"}), Aisle("bare", {"en": "Bare"})),
    (table("far", -2000.0), table("near", 1000.0)),
)  # fmt: skip
PLANOGRAMS = {"far": planogram("far", "TEA"), "near": planogram("near", "JAM")}
LAYOUT = StoreLayout(_version(STORE, PLANOGRAMS, {}), STORE, PLANOGRAMS)
AISLES = {"far": [product("TEA")], "near": [product("JAM")]}


class SmallShop:
    """A real websocket server with one layout; it cuts the first connection after the snapshots."""

    def __init__(self, document, resumed=None):
        self.document = document
        self.resumed = resumed or (LAYOUT.version, document)
        self.told = (Delta(1, (PriceChange("TEA", Money(99, "USD"), 9),)),)
        self.subscribed = []
        self.hellos = []
        self._server = serve(self._answer, "127.0.0.1", 0, compression=None)
        self.url = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()

    def _answer(self, connection):
        for data in connection:
            match decode_client(data):
                case Hello() as hello:
                    self.hellos.append((hello.epoch, hello.offset))
                    resumed = hello.epoch == "e"
                    welcome = Welcome("tok", "e", 0, resumed, "Small", "USD", "en-US")
                    connection.send(encode(welcome))
                    layout = self.resumed if resumed else (LAYOUT.version, self.document)
                    connection.send(encode(Layout(*layout)))
                    if resumed:
                        for message in self.told:
                            connection.send(encode(message))
                case Subscribe(aisles=aisles):
                    self.subscribed.append(aisles)
                    for aisle in aisles:
                        cold, hot = encode_cold(AISLES[aisle]), encode_hot(AISLES[aisle], "USD")
                        connection.send(encode(Snapshot(aisle, 0, "cold", cold)))
                        connection.send(encode(Snapshot(aisle, 0, "hot", hot)))
                    connection.close(1001)


def collect(worker, enough):
    told, end = [], time.monotonic() + LIMIT_S
    while not enough(told):
        assert time.monotonic() < end, told
        assert not any(event.retry_s is None for event in of(told, Disconnected)), told
        told += worker.poll()
        time.sleep(0.005)
    return told


def of(told, kind):
    return [event for event in told if isinstance(event, kind)]


def left_behind():
    """Shared files of this process's workers; other programs' are none of our business."""
    return [p for f in shared_folders() for p in f.glob(f"endcap-{os.getpid()}-*")]


@pytest.fixture
def worker_of(tmp_path):
    workers = []

    def start(url):
        workers.append(SyncWorker(url, tmp_path / "shopper.token", tmp_path / "cache"))
        workers[-1].start()
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


def test_the_scene_crosses_unchanged_once_and_leaves_shared_memory_clean(worker_of):
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        worker = worker_of(shop.url)
        told = collect(worker, lambda told: of(told, SceneReady) and of(told, PricesChanged))
        scene = of(told, SceneReady)[0].scene
        assert left_behind() == []  # its name goes when it is mapped
        worker.close()
    assert [event.aisle for event in of(told, ProductsLoaded)] == ["near", "far"]
    assert of(told, PricesChanged) == [PricesChanged((PriceChange("TEA", Money(99, "USD"), 9),))]
    assert of(told, Progress)[:2] == [Progress("connect", 0, 1), Progress("catalogue", 0, 2)]
    # The connection broke after the snapshots: resumed, subscribed once, and built once.
    assert shop.hellos == [("", 0), ("e", 0)]
    assert shop.subscribed == [("near", "far")]
    assert len(of(told, SceneReady)) == 1
    here = compile_scene(LAYOUT, [product("JAM"), product("TEA")], None, lambda *_: None)
    assert (scene.skus, scene.version) == (here.skus, here.version)
    for name, array in here.arrays().items():
        assert scene.arrays()[name].tobytes() == array.tobytes(), name
        assert not scene.arrays()[name].flags.writeable


def test_a_layout_that_cannot_be_read_is_one_sentence(worker_of):
    with SmallShop(compress(b"\xc1")) as shop:
        told = collect(worker_of(shop.url), lambda told: of(told, Disconnected))
    assert of(told, Disconnected)[0].retry_s is None
    assert "sent a layout that cannot be read" in of(told, Disconnected)[0].reason


def test_a_worker_closed_in_the_middle_of_a_build_leaves_nothing(worker_of):
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        worker = worker_of(shop.url)
        collect(worker, lambda told: of(told, ProductsLoaded))
        worker.close()
    assert left_behind() == []


def test_aisles_are_asked_for_from_the_entrance_inwards():
    assert _nearest_first(LAYOUT, {"far", "near"}) == ("near", "far")


def test_a_moved_fixture_is_shown_at_once_and_relit_after(worker_of):
    moved = msgspec.structs.replace(STORE, fixtures=(table("far", -1500.0), STORE.fixtures[1]))
    later = StoreLayout(_version(moved, PLANOGRAMS, {}), moved, PLANOGRAMS)
    second = (later.version, compress(encode_layout(later)))
    with SmallShop(compress(encode_layout(LAYOUT)), second) as shop:
        worker = worker_of(shop.url)
        told = collect(worker, lambda told: len(of(told, SceneReady)) == 3)
        first, quick, relit = (event.scene for event in of(told, SceneReady))
        assert left_behind() == []
    assert first.version == LAYOUT.version
    assert quick.version == relit.version == later.version
    products = [product("JAM"), product("TEA")]
    here = compile_scene(later, products, None, lambda *_: None)
    for name, array in here.arrays().items():
        assert relit.arrays()[name].tobytes() == array.tobytes(), name
    assert quick.light.tobytes() == first.light.tobytes()
    # What did not change is the very same memory, so nobody uploads it again.
    assert relit.instances is quick.instances
    assert quick.art_far is first.art_far
    assert quick.vertices is first.vertices


def art_from(worker, count):
    answers, end = [], time.monotonic() + LIMIT_S
    while len(answers) < count:
        assert time.monotonic() < end
        worker.poll()
        answers += worker.take_art(2)
        time.sleep(0.005)
    return dict(answers)


def test_near_art_is_drawn_on_request_in_shared_memory_that_leaves_no_name(worker_of):
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        worker = worker_of(shop.url)
        told = collect(worker, lambda told: of(told, SceneReady))
        scene = of(told, SceneReady)[0].scene
        keys = dict(zip(scene.skus, (key.tobytes() for key in scene.art_keys), strict=True))
        for _ in range(3):  # more than the ring has places, over and over
            for sku, key in keys.items():
                worker.want_art(key, sku)
            worker.want_art(b"of another store", "TEA")
            drawn = art_from(worker, 3)
        assert left_behind() == []
    assert drawn[b"of another store"] is None
    looks = PackageLooks(None)
    for sku, key in keys.items():
        assert np.array_equal(drawn[key], looks.near(product(sku)))


def test_prices_that_move_at_once_are_told_together_and_before_what_comes_after(worker_of):
    prices = [PriceChange("TEA", Money(cents, "USD"), 9) for cents in range(1, 201)]
    prices.insert(100, PriceChange("JAM", Money(7, "USD"), 3))
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        deltas = tuple(Delta(number, (price,)) for number, price in enumerate(prices, 1))
        shop.told = (*deltas, wire.LayoutProblem("no such shelf"))
        worker = worker_of(shop.url)
        told = collect(worker, lambda told: of(told, LayoutProblem))
    moved = of(told, PricesChanged)
    assert told.index(moved[-1]) < told.index(LayoutProblem("no such shelf"))
    assert len(moved) < 50
    newest = {change.sku: change for event in moved for change in event.changes}
    assert newest == {"TEA": prices[-1], "JAM": prices[100]}
    cents = [c.price.amount_minor for event in moved for c in event.changes if c.sku == "TEA"]
    assert cents == sorted(cents)


def test_a_front_comes_the_same_way_in_its_own_size(worker_of):
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        worker = worker_of(shop.url)
        collect(worker, lambda told: of(told, SceneReady))
        for sku in ("TEA", "NOBODY KNOWS"):
            worker.want_art(FRONT + sku.encode(), sku)
        drawn = art_from(worker, 2)
    assert drawn[FRONT + b"NOBODY KNOWS"] is None
    assert np.array_equal(drawn[FRONT + b"TEA"], front_picture(product("TEA")))


def test_more_requests_than_places_are_answered_with_nothing_at_once(worker_of):
    with SmallShop(compress(encode_layout(LAYOUT))) as shop:
        worker = worker_of(shop.url)
        for number in range(PLACES + 2):
            worker.want_art(bytes([number]), "TEA")
        at_once = worker.take_art(9)
    assert at_once == [(bytes([PLACES]), None), (bytes([PLACES + 1]), None)]
