"""Tiles and slots of one array: right places, kept places, no bleeding, true mip-maps."""

import dataclasses

import moderngl
import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from vr_client.frame_packet import ArtUpdate, EyeView, FramePacket
from vr_client.render.picture_tiers import PictureTiers
from vr_client.space.pose import pose

pytestmark = pytest.mark.gl

SIZE = (64, 32)
WHITE = np.full((1, 32, 64, 4), 255, dtype=np.uint8)


@pytest.fixture
def tiers(graphics):
    made = PictureTiers(graphics, SIZE, 4, slots=2)
    yield made
    made.release()


def tile(value):
    return np.full((8, 16, 4), value, dtype=np.uint8)


VERTEX = """#version 430
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }
"""
FRAGMENT = """#version 430
uniform sampler2DArray pictures;
uniform ivec2 from; // layer, level
out vec4 out_light;
void main() { out_light = texelFetch(pictures, ivec3(gl_FragCoord.xy, from.x), from.y); }
"""


def light(tiers, layer, level=0):
    """(h, w, 3) of one layer and level, linear light."""
    graphics = tiers._graphics
    size = (SIZE[0] >> level, SIZE[1] >> level)
    program = graphics.gl.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
    program["from"].value = (layer, level)
    target = graphics.gl.simple_framebuffer(size, dtype="f4")
    target.use()
    tiers.use(0, 7)
    graphics.gl.enable_only(moderngl.NOTHING)
    graphics.gl.vertex_array(program, []).render(moderngl.TRIANGLES, vertices=3)
    seen = np.frombuffer(target.read(components=3, dtype="f4"), np.float32)
    graphics.bind_no_target()
    target.release()
    return seen.reshape(size[1], size[0], 3)


def layer(tiers, number):
    """(h, w, 3) sRGB codes of one layer."""
    seen = light(tiers, number)
    code = np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)
    return np.round(code * 255).astype(int)


def far_of(tiers, row):
    place, number = divmod(int(tiers.tiles[row]), 16)
    down, across = divmod(number, 4)
    picture = layer(tiers, tiers.far_first + place)
    return picture[down * 8 : down * 8 + 8, across * 16 : across * 16 + 16]


def test_every_row_has_a_tile_of_its_own_and_its_picture_in_it(tiers):
    keys = [f"k{n}" for n in range(37)]
    assert tiers.load(keys, WHITE) == list(range(37))
    assert len(set(tiers.tiles.tolist())) == 37
    tiers.fill_far(np.stack([tile(n + 1) for n in range(37)]))
    tiers.flush()
    for row in range(37):
        assert (far_of(tiers, row) == row + 1).all()


def test_keys_that_stay_keep_tile_and_near_picture_and_only_new_ones_are_asked_for(tiers):
    tiers.load(["a", "b", "c"], WHITE)
    tiers.write_far([0, 1, 2], np.stack([tile(10), tile(20), tile(30)]))
    tiers.write_near(1, 2, np.full((32, 64, 4), 99, dtype=np.uint8))
    before = dict(zip("abc", tiers.tiles.tolist(), strict=True))
    assert tiers.load(["x", "c", "a"], WHITE) == [0]
    after = dict(zip("xca", tiers.tiles.tolist(), strict=True))
    assert (after["a"], after["c"]) == (before["a"], before["c"])
    assert (far_of(tiers, 1) == 30).all()
    assert tiers._near == {1: after["c"]}
    assert (layer(tiers, tiers.far_first - 1) == 99).all()
    tiers.load(["a"], WHITE)
    assert tiers._near == {}


def test_an_array_that_grows_keeps_what_it_had(tiers):
    tiers.load(["a"], WHITE)
    tiers.write_far([0], tile(77)[None])
    tiers.write_near(0, 0, np.full((32, 64, 4), 55, dtype=np.uint8))
    tiers.flush()
    more = np.concatenate([WHITE, WHITE // 2, WHITE // 3])
    tiers.load(["a", *[f"n{n}" for n in range(60)]], more)
    tiers.flush()
    assert (far_of(tiers, 0) == 77).all()
    assert (layer(tiers, 3) == 55).all()
    assert (layer(tiers, 1) == 127).all()


def test_a_store_beyond_the_cards_layers_is_one_sentence(graphics):
    limited = dataclasses.replace(graphics)
    tiers = PictureTiers(limited, SIZE, 4, slots=2)
    most = int(graphics.gl.info["GL_MAX_ARRAY_TEXTURE_LAYERS"])
    with pytest.raises(Failure, match="show fewer products"):
        tiers.load([str(n) for n in range(most * 16)], WHITE)


def test_mip_maps_average_light_of_the_layer_that_was_written(tiers):
    tiers.load(["a"], WHITE)
    checked = np.full((32, 64, 4), 255, dtype=np.uint8)
    checked[(np.indices((32, 64)).sum(axis=0) % 2) == 0, :3] = 0
    tiers.write_near(0, 0, checked)
    tiers.flush()
    for level in range(1, 4):
        assert light(tiers, 1, level) == pytest.approx(np.float32(0.5), abs=0.01)
    tiers.write_far([0], tile(255)[None])
    tiers.flush()
    assert light(tiers, tiers.far_first, 3)[0, :2] == pytest.approx(np.float32(1.0), abs=0.01)
    assert light(tiers, 1, 3) == pytest.approx(np.float32(0.5), abs=0.01)


@pytest.fixture
def two_products(store):
    """Two white cubes side by side, the left one's art red, the right one's green."""
    box = store.box((0.4, 0.4, 0.4), (255, 255, 255, 255), (255, 0, 0, 255))
    scene = store.assemble(
        [(*box, [((x, 0.8, -1.0), 0, 1.0, True)]) for x in (-0.25, 0.25)], labels=False
    )
    far = np.zeros((2, 128, 128, 4), dtype=np.uint8)
    far[0], far[1] = (200, 0, 0, 255), (0, 160, 0, 255)
    instances = scene.instances.copy()
    instances["art_layer"] = len(scene.signs) + np.arange(2)
    return dataclasses.replace(scene, art_far=far, instances=instances)


@pytest.mark.parametrize("away_m", [0.2, 2.0, 8.0, 30.0])
def test_far_tiles_never_bleed_into_one_another(renderer, two_products, away_m):
    renderer.load_scene(two_products)
    view = EyeView(pose((0, 1.0, away_m)), (-0.5, 0.5, -0.5, 0.5), (160, 160))
    renderer.draw(FramePacket(0, 0.0, (view,)))
    picture = renderer.read_eye(0).astype(int)
    red, green = picture[..., 0] > 60, picture[..., 1] > 60
    coloured = (picture.max(axis=2) - picture.min(axis=2)) > 60
    assert coloured.any() or away_m > 20
    assert not (red & green & coloured & (picture[..., 2] < 40)).any()


def test_near_art_takes_the_place_of_far_art_and_goes_with_its_slot(renderer, two_products):
    renderer.load_scene(two_products)
    view = EyeView(pose((0, 1.0, 0.3)), (-0.5, 0.5, -0.5, 0.5), (64, 64))
    blue = np.full((512, 512, 4), (0, 0, 200, 255), dtype=np.uint8)

    def left_and_right(*art):
        renderer.draw(FramePacket(0, 0.0, (view,), art=art))
        picture = renderer.read_eye(0).astype(int)
        return picture[32, 20].argmax(), picture[32, 44].argmax()

    assert left_and_right() == (0, 1)
    assert left_and_right(ArtUpdate(0, 1, blue)) == (0, 2)
    assert left_and_right(ArtUpdate(0, 0, blue)) == (2, 1)
    assert left_and_right(ArtUpdate(9999, 1, blue)) == (2, 1)
