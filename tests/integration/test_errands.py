"""Finding, comparing, a list of five and undo, by pointing and by grabbing: what they cost."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from conftest import serving

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.planning.plan import PlanOptions, plan_store
from store_scenes.planning.write import write_store
from vr_client.assemble import build_app
from vr_client.headset.backends.scripted import ScriptedBackend
from vr_client.interact.tour import Ground
from vr_client.net.handle import SyncWorker
from vr_client.render.context import create_headless
from vr_client.trip.body import Stage
from vr_client.trip.errands import Errands
from vr_client.trip.run import START

pytestmark = pytest.mark.gl

KINDS = {"tea": "box", "rice": "bag", "juice": "carton", "jam": "jar", "soap": "bottle"}
EACH = 8


def catalogue():
    sizes = {"box": (90, 140, 60), "bag": (150, 220, 60), "carton": (70, 200, 70),
             "jar": (70, 100, 70), "bottle": (75, 240, 60)}  # fmt: skip
    return tuple(
        Product(
            f"{kind.upper()}-{number}", {"en": f"{kind.capitalize()} number {number}"}, "Brand",
            kind, shape, sizes[shape], Money(200 + 35 * number, "USD"), 9, size_text="100 g",
        )
        for kind, shape in KINDS.items() for number in range(EACH)
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("errands") / "store"
    products = catalogue()
    options = PlanOptions(names={"en": "Errands"}, locale="en-US", currency="USD")
    write_store(folder, plan_store(products, options), products, comment="For errands.")
    return folder


@pytest.fixture(params=["pointing", "grabbing"])
def errands(request, store, tmp_path):
    graphics = create_headless()
    stage = Stage(START, filmed=False)
    headset = ScriptedBackend(stage.script, step_s=1.0 / 90.0)
    headset.open()
    with serving(store) as start:
        shop = start("--database", str(tmp_path / "shop.sqlite"))
        worker = SyncWorker(shop.url, tmp_path / "me.token", tmp_path / "cache")
        worker.start()
        try:
            app = build_app(headset, worker, graphics, samples=1)
            run = Errands(app, stage, request.param)
            run.enter()
            yield run, app
            app.renderer.release()
        finally:
            worker.close()
    graphics.release()


def shortest(app, start, skus):
    """Metres of the shortest walk from `start` past where one stands for each of `skus`."""
    ways = app.feet.ways
    ground = Ground(ways.footprints, ways.room)
    spots = {sku: ways.to_product(sku).spot for sku in skus}
    reach = {}
    for name, spot in (("", start), *spots.items()):
        far, _ = ground.reach(ground.cell(spot))
        for other, there in spots.items():
            row, column = ground.cell(there)
            reach[name, other] = float(far[row * ground.free.shape[1] + column])
    return min(sum(reach[leg] for leg in pairwise(("", *order))) for order in permutations(skus))


def test_what_errands_cost(errands):
    run, app = errands
    found = run.find("jam", "JAM-2")
    assert (found.skus, found.inputs) == (["JAM-2"], 3)
    two = run.compare()
    assert (len(set(two.skus)), two.inputs) == (2, 3)
    assert {sku.partition("-")[0] for sku in two.skus} == {"JAM"}

    wanted = ("TEA-1", "SOAP-2", "RICE-3", "JUICE-4", "JAM-0")
    start = app.feet.spot
    best = shortest(app, start, wanted)
    five = run.buy_from_list(wanted)
    assert sorted(five.skus) == sorted(wanted)
    most = 2 if five.way == "pointing" else 3
    assert five.inputs <= most * five.items
    assert five.walk_m <= 1.05 * best + 0.3
    assert {line.sku for line in app.state.cart.lines} == set(wanted)
    assert app.state.cart.unit_count == 5

    back = run.undo()
    assert back.inputs <= 2
    assert app.state.cart.unit_count == 4
    assert np.isfinite([five.travel_m, five.travel_s]).all()
    print(found, two, five, back, best, sep="\n")
