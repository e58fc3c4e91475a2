"""The colour of light in rooms built by hand, and what their floors have to mirror."""

import dataclasses
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from store_scenes.compile import light_colour, light_field
from store_scenes.compile.scene import SOLID
from store_scenes.layout.documents import Zone

_SCENE = Path(__file__).resolve().parents[3] / "golden" / "small_scene.py"


@pytest.fixture(scope="module")
def store():
    spec = importlib.util.spec_from_file_location("small_scene_for_colour", _SCENE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare(store, *solids):
    scene = store.small_scene()
    kept = scene.product_of < -1
    return dataclasses.replace(
        scene,
        bounds=scene.bounds[kept],
        instances=scene.instances[kept],
        product_of=scene.product_of[kept],
        draws=scene.draws[:0],
        solids=np.array(list(solids), dtype=SOLID),
    )


def decoded(codes):
    """tint (z, x, 3), and what fills cells (y, z, x, 4)."""
    shares = codes.astype(float) / 255.0
    return shares[0, ..., :3] * light_colour.TINT_MAX, shares[1:]


def zone(style):
    return Zone("one", {}, 0.0, 0.0, 1600.0, 1600.0, style)


def test_an_empty_room_has_white_light_and_nothing_to_mirror(store):
    tint, matter = decoded(light_colour.bake_colours(bare(store)))
    assert tint == pytest.approx(1.0, abs=0.003)
    assert matter.max() == 0.0


def test_equal_scenes_give_equal_bytes(store):
    one, two = (light_colour.bake_colours(store.small_scene()).tobytes() for _ in range(2))
    assert one == two


@pytest.mark.parametrize(("style", "warm"), [("bakery", True), ("produce", True), ("tills", False)])
def test_bread_and_fruit_lie_in_warm_light(store, style, warm):
    tint, _ = decoded(light_colour.bake_colours(bare(store), [zone(style)]))
    middle, corner = tint[10, 10], tint[0, 0]
    assert corner == pytest.approx(1.0, abs=0.003)
    assert (middle[0] > 1.02 and middle[2] < 0.95) == warm


def test_daylight_is_cool_and_fades_into_the_room(store):
    tint, _ = decoded(light_colour.bake_colours(bare(store), glass_front=True))
    blue = (tint[..., 2] - tint[..., 0]).mean(axis=1)
    axis, sign = light_field.front_of(bare(store))
    assert axis == 1
    steps = np.diff(blue[:: int(sign)])
    assert (steps <= 0.0).all()
    assert blue[:: int(sign)][0] > 3.0 * max(blue[:: int(sign)][-1], 0.01)


def test_what_stands_in_the_room_fills_its_cells_and_no_others(store):
    box = ((-0.4, 0.0, -0.4), (0.4, 0.8, 0.4))
    codes = light_colour.bake_colours(bare(store, box))
    _, matter = decoded(codes)
    layers = len(matter)
    assert matter[0, 10, 10, 3] == pytest.approx(1.0, abs=0.01)
    assert matter[layers - 1, 10, 10, 3] == 0.0
    assert matter[0, 2, 2, 3] == 0.0


def test_red_goods_send_out_red(store):
    scene = store.small_scene()
    painted = scene.vertices.copy()
    painted["colour"][:, :3] = (220, 30, 30)
    far = scene.art_far.copy()
    far[..., :3] = (220, 30, 30)
    red = dataclasses.replace(scene, vertices=painted, art_far=far)
    _, matter = decoded(light_colour.bake_colours(red))
    full = matter[..., 3] > 0.3
    assert full.any()
    assert (matter[full][:, 0] > 1.5 * matter[full][:, 2]).all()


def test_a_very_large_room_keeps_to_its_cells(store):
    huge = dataclasses.replace(bare(store), room=((-90.0, 0.0, -60.0), (90.0, 4.0, 60.0)))
    codes = light_colour.bake_colours(huge)
    assert codes[1:].size // 4 <= 1.2 * light_colour.CELLS_MAX


def test_the_light_beside_a_box_counts_and_not_the_dark_within(store):
    scene = bare(store, ((-0.6, 0.0, -0.6), (0.6, 1.2, 0.6)))
    lit = dataclasses.replace(scene, light=light_field.bake_light(scene))
    inside = light_colour.bake_colours(lit)
    _, matter = decoded(inside)
    side = matter[2, 10, 7]
    assert side[3] > 0.9
    assert side[0] ** 2 > 0.15
