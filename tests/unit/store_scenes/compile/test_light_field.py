"""The baked light of rooms built by hand, against what one can say without baking."""

import dataclasses
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from store_scenes.compile import light_field
from store_scenes.compile.scene import SOLID

_SCENE = Path(__file__).resolve().parents[3] / "golden" / "small_scene.py"


@pytest.fixture(scope="module")
def store():
    spec = importlib.util.spec_from_file_location("small_scene_for_light", _SCENE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def room(store, *solids):
    """The hand-built room without goods, with these boxes in it."""
    scene = store.small_scene()
    kept = scene.product_of < -1
    return dataclasses.replace(
        scene,
        bounds=scene.bounds[kept],
        product_of=scene.product_of[kept],
        solids=np.array(list(solids), dtype=SOLID),
    )


def decoded(codes):
    """mean (y, z, x) and lean (y, z, x, 3)."""
    share = codes.astype(float) / light_field.CODE_MAX
    return share[..., 3] ** 2 * light_field.MEAN_MAX, (
        share[..., :3] * 2 - 1
    ) * light_field.LEAN_MAX


def light(codes):
    """What a meter would read, (y, z, x) of the open: the eye's curve undone."""
    share = np.linspace(0.0, 4.0, 40_001)
    seen = light_field.adapted(share.astype(np.float32))
    return np.interp(decoded(codes)[0] / light_field.UPRIGHT_WHITE, seen, share)


def facing(codes, normal):
    mean, lean = decoded(codes)
    return mean * (1 + lean @ np.array(normal) * 2 / 3)


def test_white_card_in_the_open_is_as_bright_as_it_is_meant_to_be(store):
    mean, _ = decoded(light_field.bake_light(room(store)))
    layers = slice(round(0.9 / light_field.LAYER_M), round(1.6 / light_field.LAYER_M))
    assert np.median(mean[layers]) == pytest.approx(light_field.UPRIGHT_WHITE, rel=0.02)


def test_an_empty_room_is_lit_from_above_and_alike_on_both_sides(store):
    codes = light_field.bake_light(room(store))
    up, down = facing(codes, (0, 1, 0)), facing(codes, (0, -1, 0))
    assert (up > down).all()
    mean, _ = decoded(codes)
    assert mean == pytest.approx(mean[:, :, ::-1], abs=0.03)
    assert mean == pytest.approx(mean[:, ::-1], abs=0.03)


def test_a_shelf_is_dark_below_and_darker_to_its_back(store):
    board = ((-1.0, 0.96, -0.5), (1.0, 1.0, 0.0))
    back = ((-1.0, 0.0, -0.52), (1.0, 1.9, -0.5))
    codes = light_field.bake_light(room(store, board, back))
    mean, lean = decoded(codes)
    layer, column = round(0.88 / light_field.LAYER_M), codes.shape[2] // 2
    row = [int((z + 2.0) / 4.0 * codes.shape[1]) for z in (-0.45, -0.25, -0.05, 0.6)]
    under = mean[layer, row, column]
    assert (np.diff(under) > 0).all()
    assert under[0] < 0.6 * under[-1]
    over = mean[round(1.08 / light_field.LAYER_M), row[1], column]
    assert over > 1.3 * under[1]
    # Under the board most light comes from the front, not from above.
    assert lean[layer, row[1], column, 2] > 0.3
    assert lean[layer, row[1], column, 2] > lean[layer, row[1], column, 1]


@pytest.mark.parametrize("height", [0.90, 0.91, 0.925, 0.94, 0.95])
def test_no_light_comes_through_a_board_wherever_it_lies_between_cells(store, height):
    box = [
        ((-0.6, height - 0.02, -0.6), (0.6, height, 0.6)),
        *(((a, 0.0, -0.6), (a + 0.02, height, 0.6)) for a in (-0.6, 0.58)),
        *(((-0.6, 0.0, a), (0.6, height, a + 0.02)) for a in (-0.6, 0.58)),
    ]
    codes = light_field.bake_light(room(store, *box))
    mean, _ = decoded(codes)
    middle = codes.shape[1] // 2, codes.shape[2] // 2
    assert mean[round(0.4 / light_field.LAYER_M)][middle] < 0.25 * light_field.UPRIGHT_WHITE


def test_the_floor_is_darker_under_what_stands_and_beside_it(store):
    codes = light_field.bake_light(room(store, ((-0.5, 0.0, -0.5), (0.5, 1.8, 0.5))))
    up = facing(codes, (0, 1, 0))[0]
    middle = len(up) // 2
    beside, far = up[middle, middle + 6], up[middle, -4]
    assert up[middle, middle] < beside < far


def test_goods_shade_the_shelf_behind_them(store):
    scene = room(store)
    goods = np.array([((x, 0.9, 0.1), (x + 0.08, 1.1, 0.2)) for x in np.arange(-0.5, 0.5, 0.085)])
    stocked = dataclasses.replace(
        scene, bounds=goods.astype(np.float32), product_of=np.zeros(len(goods), np.int32)
    )
    at = (round(1.0 / light_field.LAYER_M), int((0.05 + 2) / 4 * 40), 20)
    behind, bare = (light(light_field.bake_light(one))[at] for one in (stocked, scene))
    assert behind < 0.8 * bare


def test_equal_scenes_give_equal_bytes(store):
    assert (
        light_field.bake_light(store.small_scene()) == light_field.bake_light(store.small_scene())
    ).all()


def test_a_room_without_lamps_or_anything_is_lit_too(store):
    bare = dataclasses.replace(room(store), ceiling=store.small_scene().ceiling[:0])
    mean, _ = decoded(light_field.bake_light(bare))
    assert mean.min() > 0.3


def test_cells_of_a_huge_store_stay_within_bounds(store):
    huge = dataclasses.replace(room(store), room=((-150.0, 0.0, -90.0), (150.0, 4.0, 90.0)))
    grid = light_field.grid_of(huge)
    assert np.prod(grid.counts) <= 1.02 * light_field.CELLS_MAX
    assert max(grid.counts) <= light_field.SIDE_MAX


def test_the_lamp_map_has_as_much_lamp_as_the_ceiling(store):
    scene = store.small_scene()
    cover = light_field.lamp_cover(scene, (50, 70))
    area = sum(4.0 * half[0] * half[1] for half in scene.ceiling["half_size"].tolist())
    assert cover.mean() * 16.0 == pytest.approx(area, rel=1e-6)


def test_a_blur_keeps_the_sum_and_spreads_a_point():
    values = np.zeros((31, 5))
    values[15] = 1.0
    result = light_field.blurred(values, 2.0, 0)
    assert result.sum() == pytest.approx(5.0)
    assert result[15, 0] == pytest.approx(0.2, abs=0.01)


def test_a_strip_that_shines_by_itself_lights_what_is_near(store):
    def under_a_lid(alpha):
        strip = store.box((1.0, 0.02, 0.02), (255, 255, 255, alpha), (120, 0, 0, 255))
        scene = store.assemble([(*strip, [((0.0, 1.0, 0.0), 0, 1.0, False)])], labels=False)
        lid = ((-0.8, 1.1, -0.8), (0.8, 1.13, 0.8))
        return dataclasses.replace(scene, solids=np.array([lid], dtype=SOLID))

    dark, lit = (facing(light_field.bake_light(under_a_lid(a)), (0, 1, 0)) for a in (255, 0))
    near, far = (round(0.8 / light_field.LAYER_M), 20, 20), (5, 3, 3)
    assert lit[near] > 1.3 * dark[near]
    assert lit[far] == pytest.approx(dark[far], rel=0.1)


def test_daylight_enters_through_the_wall_behind_whoever_arrives(store):
    bare = room(store)
    assert bare.entrance[2] == 0.0  # looks along -z, so the glass is at +z
    without, through_glass = (light_field.bake_light(bare, glass_front=g) for g in (False, True))
    layer = round(1.0 / light_field.LAYER_M)
    walls, day = light(without)[layer, :, 20], light(through_glass)[layer, :, 20]
    assert day[-2] / day[2] > 1.2 * walls[-2] / walls[2]
    lean, day_lean = decoded(without)[1], decoded(through_glass)[1]
    assert day_lean[layer, -2, 20, 2] > 0.2 + lean[layer, -2, 20, 2]
