"""Going to a place, an aisle, a product: where one stands then, and where one looks."""

from dataclasses import replace

import numpy as np
import pytest

from store_scenes.compile.scene import AisleLine
from tests.golden.small_scene import small_scene
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import ray_towards
from vr_client.interact.stands import ARMS_M
from vr_client.ui.finder import Found
from vr_client.wayfinding import PINNED_MAX, Wayfinder

AISLE = AisleLine("a", {"en": "A"}, (-1.0, 1.5), (1.0, 1.5))
SCENE = replace(small_scene(), aisles=(AISLE,))
ON_SHELVES = [s for n, s in enumerate(SCENE.skus) if (SCENE.product_of == n).any()]


@pytest.fixture(scope="module")
def ways():
    return Wayfinder(SCENE, PickIndex(SCENE))


def test_free_floor_is_gone_to_as_pressed_and_nobody_turns(ways):
    journey = ways.to_spot((0.0, 1.6))
    assert journey.spot == pytest.approx((0.0, 1.6))
    assert (journey.yaw_deg, journey.sku) == (None, None)


def test_who_presses_a_shelf_stands_before_it_and_looks_at_it(ways):
    box = ways.footprints[(ways.footprints[:, 1] - ways.footprints[:, 0]).min(axis=1).argmax()]
    pressed = tuple(float(side) for side in box.mean(axis=0))
    journey = ways.to_spot(pressed)
    assert ways.fits(journey.spot)
    yaw = np.radians(journey.yaw_deg)
    towards = np.array([-np.sin(yaw), -np.cos(yaw)])
    off = np.array(pressed) - journey.spot
    assert towards @ off / np.hypot(*off) == pytest.approx(1.0)


def test_an_aisle_is_gone_to_at_its_beginning_looking_along_it(ways):
    journey = ways.to_aisle(0)
    assert journey.spot == pytest.approx(AISLE.start)
    assert (journey.yaw_deg, journey.pitch_deg) == (pytest.approx(-90.0), 0.0)
    assert ways.to_aisle(1) is None
    assert ways.to_aisle(-1) is None


@pytest.mark.parametrize("sku", ON_SHELVES)
def test_before_a_product_one_sees_a_unit_of_it(ways, sku):
    journey = ways.to_product(sku)
    assert SCENE.skus[SCENE.product_of[journey.instance]] == sku == journey.sku
    assert ways.fits(journey.spot)
    eye = np.array([journey.spot[0], 1.6, journey.spot[1]])
    unit = SCENE.bounds[journey.instance].astype(float).mean(axis=0)
    assert PickIndex(SCENE).nearest(ray_towards(eye, unit)).instance == journey.instance


def test_what_stands_on_no_shelf_cannot_be_gone_to(ways):
    assert ways.to_product("NOPE") is None
    assert ways.pins("NOPE") == ways.pins(None) == ()


def test_only_the_first_few_of_what_was_found_are_pinned(ways):
    many = Found("x", tuple(ON_SHELVES * 20), 20)
    assert len(ways.pins_found(many)) == sum(len(ways.pins(sku)) for sku in many.skus[:PINNED_MAX])


@pytest.mark.parametrize("sku", ON_SHELVES)
def test_what_is_within_reach_of_where_one_stands_is_here_and_from_afar_it_is_not(ways, sku):
    journey = ways.to_product(sku)
    row = ways.here(sku, journey.spot)
    assert SCENE.skus[SCENE.product_of[row]] == sku
    unit = SCENE.bounds[row].astype(float).mean(axis=0)
    assert np.hypot(unit[0] - journey.spot[0], unit[2] - journey.spot[1]) <= ARMS_M[-1]
    eye = np.array([journey.spot[0], 1.6, journey.spot[1]])
    assert PickIndex(SCENE).nearest(ray_towards(eye, unit)).instance == row
    x, z = journey.spot
    assert ways.here(sku, (x, z + 2.0)) is None


def test_what_stands_behind_a_board_is_not_here(ways):
    sku = ON_SHELVES[0]
    x, _, z = SCENE.bounds[ways.to_product(sku).instance].astype(float).mean(axis=0).tolist()
    behind = (x, z - 0.9)
    assert ways.here(sku, behind) is not None
    board = np.array([((x - 2.0, 0.0, z - 0.4), (x + 2.0, 3.0, z - 0.39))], SCENE.solids.dtype)
    walled = replace(SCENE, solids=np.concatenate([SCENE.solids, board]))
    assert Wayfinder(walled, PickIndex(walled)).here(sku, behind) is None
    assert ways.here("NOPE", (0.0, 0.0)) is None
