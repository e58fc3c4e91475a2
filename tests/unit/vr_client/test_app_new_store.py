"""A store that is edited comes in the very frame in which something of the old one waits."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vr_client.test_app import Neck
from vr_client.frame_loop import run_frame
from vr_client.state.events import SceneReady
from vr_client.ui.actions import GoToProduct


@pytest.fixture
def waiting(client):
    """A client in a window that has brought its shopper before a product: its card is to come."""
    app, _stage = client
    neck = Neck()
    neck.open()
    app.headset = app.neck = neck
    for _ in range(3):
        assert run_frame(app)
    app.do(GoToProduct("SKU-3"))
    while neck.pitch is None:
        assert run_frame(app)
    assert app.state.card_sku is None
    return app


def test_a_card_that_waits_for_the_neck_is_of_its_unit_in_a_store_that_comes_meanwhile(
    waiting, shop
):
    """Edited in that very frame: the unit has another number, and another product has its old."""
    app = waiting
    before, row = app.state.scene, app._to_show.instance
    order = np.roll(np.arange(len(before.instances)), 5)
    instances = before.instances[order]
    instances["id"] = np.arange(len(order))
    moved = replace(
        before, version="2", instances=instances, bounds=before.bounds[order],
        product_of=before.product_of[order],
    )  # fmt: skip
    there = int(np.flatnonzero(order == row)[0])
    assert moved.product_of[row] != before.product_of[row]
    shop.events.append(SceneReady(moved))
    assert run_frame(app)
    assert (app.state.card_sku, app.state.card_instance) == ("SKU-3", there)
    assert app.state.scene is moved


def test_a_card_that_waits_for_the_neck_comes_without_a_unit_that_is_gone(waiting, shop):
    app = waiting
    scene = app.state.scene
    product_of = np.where(scene.product_of == 3, 2, scene.product_of).astype(np.int32)
    shop.events.append(SceneReady(replace(
        scene, version="2", instances=scene.instances.copy(), product_of=product_of,
    )))  # fmt: skip
    assert run_frame(app)
    assert (app.state.card_sku, app.state.card_instance) == ("SKU-3", -1)
