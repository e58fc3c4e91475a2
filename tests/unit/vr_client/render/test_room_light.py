"""The lamp map and the uniform block: what shaders/common/room.glsl reads."""

import dataclasses

import numpy as np
import pytest

from store_scenes.compile import light_field
from vr_client.render import room_light


def test_each_level_of_the_lamp_map_is_softer_and_has_about_as_much_lamp(store):
    levels, texels = room_light.lamp_levels(store.small_scene())
    assert levels.shape == (room_light.LAMP_LEVELS, 64, 64)
    assert texels == room_light.LAMP_TEXELS_A_METRE
    contrast = [float(level.astype(float).std()) for level in levels]
    assert contrast == sorted(contrast, reverse=True)
    assert contrast[-1] < 0.1 * contrast[0]
    assert levels[6].mean() == pytest.approx(levels[0].mean(), rel=0.05)


def test_the_lamp_map_of_a_huge_store_stays_within_bounds(store):
    huge = dataclasses.replace(store.small_scene(), room=((-90.0, 0.0, -20.0), (90.0, 4.0, 20.0)))
    levels, texels = room_light.lamp_levels(huge)
    assert max(levels.shape) == room_light.LAMP_MAP_MAX
    assert texels * 180.0 == pytest.approx(room_light.LAMP_MAP_MAX)


def test_the_block_says_how_bright_lamps_are_beside_white_card(store):
    scene = store.small_scene()
    block = room_light.room_block(scene, light_field.bake_light(scene), 16.0)
    assert block[0, :3].tolist() == [-2.0, 0.0, -2.0]
    assert block[2, 0] == pytest.approx(1 / 4.0)
    assert 8.0 * light_field.UPRIGHT_WHITE < block[3, 0] < 30.0 * light_field.UPRIGHT_WHITE
    assert block[4, 1] > 0.2  # more comes from above
    assert np.isfinite(block).all()


def test_a_scene_without_lamps_has_an_empty_map(store):
    scene = store.small_scene()
    bare = dataclasses.replace(scene, ceiling=scene.ceiling[:0])
    assert room_light.lamp_levels(bare)[0].max() == 0
    assert np.isfinite(room_light.room_block(bare, light_field.bake_light(bare), 16.0)).all()
