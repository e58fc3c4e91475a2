"""What the renderer draws, checked by arithmetic instead of by pictures."""

from dataclasses import replace

import numpy as np
import pytest

from store_scenes.compile import light_field
from vr_client.frame_packet import (
    PANEL_COMMAND,
    PANEL_VERTEX,
    EyeView,
    FramePacket,
    HandPose,
    LabelUpdate,
    Laser,
    PanelDrawing,
    PanelQuad,
    TextureUpdate,
)
from vr_client.render.panels_pass import farthest_first
from vr_client.render.scene_quads import (
    CONTACT_DARKNESS,
    CONTACT_SPREAD_M,
    FIXTURE_DARKNESS,
    FIXTURE_SPREAD_M,
    contact_rows,
)
from vr_client.space.pose import inverse_rigid, look_at, pose, translation

pytestmark = pytest.mark.gl

SQUARE = (-0.5, 0.5, -0.5, 0.5)
PLAIN = (255, 0, 0, 255)
WHITE_TEXTURE = TextureUpdate(1, np.full((2, 2, 4), 255, dtype=np.uint8))


def eye(world_from_eye, size=(96, 96), tangents=SQUARE):
    return EyeView(world_from_eye, tangents, size)


def draw(renderer, *views, **more):
    renderer.draw(FramePacket(index=0, time_s=0.0, views=views, **more))
    return [renderer.read_eye(i).astype(int) for i in range(len(views))]


def encode(light):
    light = np.clip(np.asarray(light, dtype=float), 0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def panel(colour, size_px=(64, 64), size_m=(0.4, 0.4), at=(0, 1, 0), name="card", **drawing):
    width, height = size_px
    vertices = np.zeros(4, dtype=PANEL_VERTEX)
    vertices["position"] = [(0, 0), (width, 0), (width, height), (0, height)]
    vertices["colour"] = colour
    commands = np.array([((0, 0, width, height), 1, 6, 0, 0)], dtype=PANEL_COMMAND)
    indices = np.array([0, 1, 2, 0, 2, 3], dtype=np.uint16)
    picture = PanelDrawing(size_px, vertices, indices, commands, **drawing)
    return PanelQuad(name, translation(at), size_m, picture)


def box_scene(store, *places, colour=(255, 255, 255, 255), size=(0.2, 0.2, 0.2)):
    return store.assemble(
        [(*store.box(size, colour, PLAIN), [(at, 0, 1.0, False) for at in places])], labels=False
    )


def middle_of(mask):
    rows, columns = np.nonzero(mask)
    return np.array([columns.mean() + 0.5, rows.mean() + 0.5])


def pixel_of(view, point):
    """Where a world point must land, from tangents alone, (x, y) from the top left."""
    x, y, z, _ = inverse_rigid(view.world_from_eye) @ np.array([*point, 1.0])
    left, right, bottom, top = view.tangents
    u = (x / -z - left) / (right - left)
    v = (top - y / -z) / (top - bottom)
    return np.array([u * view.size[0], v * view.size[1]])


def is_red(picture):
    red, green, blue = np.moveaxis(picture, -1, 0)
    return (red > 3) & (red > 3 * green) & (red > 3 * blue)


# ---------------------------------------------------------------- colour


def test_an_opaque_panel_pixel_comes_out_exactly_as_drawn(renderer):
    for colour in ((13, 148, 136, 255), (255, 255, 255, 255), (1, 2, 3, 255), (220, 38, 38, 255)):
        (picture,) = draw(
            renderer,
            eye(pose((0, 1, 0.3))),
            panels=(panel(colour),),
            textures=(WHITE_TEXTURE,),
        )
        assert np.unique(picture[20:76, 20:76].reshape(-1, 3), axis=0).tolist() == [
            list(colour[:3])
        ]


def test_a_half_transparent_panel_blends_codes_over_what_is_behind(renderer):
    views = eye(pose((0, 1, 0.3)))
    behind = panel((0, 0, 200, 255), at=(0, 1, -0.05), name="behind")
    before = panel((200, 0, 0, 128), name="before")
    (picture,) = draw(renderer, views, panels=(before, behind), textures=(WHITE_TEXTURE,))
    assert picture[48, 48] == pytest.approx([200 * 128 / 255, 0, 200 * 127 / 255], abs=1)


def test_a_matt_white_wall_has_the_code_that_the_light_says(renderer, store):
    wall = box_scene(store, (0, 0, 0.5), size=(2.0, 2.0, 0.1))
    renderer.load_scene(wall)
    (picture,) = draw(renderer, eye(pose((0, 1, 1.5))))
    field = light_field.bake_light(wall).astype(float) / light_field.CODE_MAX
    _, rows, columns, _ = field.shape
    # The wall's face is at z 0.55; its light is that of 6 cm before it, between eight cells.
    at = np.array([1.0 / light_field.LAYER_M, (0.61 + 2) / 4 * rows, 0.5 * columns]) - 0.5
    low = np.floor(at).astype(int)
    near = field[tuple(slice(i, i + 2) for i in low)]
    for share in at - low:
        near = near[0] * (1 - share) + near[1] * share
    diffuse = near[3] ** 2 * light_field.MEAN_MAX
    diffuse *= 1 + (near[2] * 2 - 1) * light_field.LEAN_MAX * 2 / 3  # n = +z
    # Karis' fit at roughness 1 and a right angle.
    roughness, angle = 1.0, 1.0
    r = roughness * np.array([-1, -0.0275, -0.572, 0.022]) + np.array([1, 0.0425, 1.04, -0.04])
    a = min(r[0] ** 2, 2 ** (-9.28 * angle)) * r[0] + r[1]
    bounce = 0.04 * (-1.04 * a + r[2]) + 1.04 * a + r[3]
    assert 0.0 < bounce < 0.04
    # What it reflects lies between the dark and white.
    assert encode(diffuse * (1 - bounce)) - 1 <= picture[48, 48, 1]
    assert picture[48, 48, 1] <= encode(diffuse * (1 - bounce) + bounce) + 1
    assert 0.75 < diffuse < 0.95


def test_what_shines_by_itself_is_bright_where_no_light_comes(renderer, store):
    shut_in, views = ((0, 0, 0.5),), eye(pose((0, 0.1, 1.5)))
    shines = box_scene(store, *shut_in, colour=(255, 255, 255, 0))
    renderer.load_scene(shines)
    (bright,) = draw(renderer, views)
    renderer.load_scene(box_scene(store, *shut_in, colour=(255, 255, 255, 255)))
    (lit,) = draw(renderer, views)
    assert bright[48, 48].min() >= 250
    assert lit[48, 48].max() < 245


def test_print_does_not_darken_with_distance(renderer, store):
    scene = store.small_scene()
    renderer.load_scene(scene)
    fine = np.full((128, 256, 4), 255, dtype=np.uint8)
    fine[(np.indices((128, 256)).sum(axis=0) % 2) == 0, :3] = 0
    centre = scene.labels["centre"][0].astype(float)
    far = eye(look_at(np.add(centre, (0, 0, 1.6)), centre), size=(256, 256))
    (picture,) = draw(renderer, far, labels=(LabelUpdate(0, fine, 0),))
    # Half of the light of white paper, whose share of a lit white is 0.94; not half of its code.
    assert picture[128, 128] == pytest.approx(np.full(3, encode(0.5 * 0.94)), abs=3)


# ---------------------------------------------------------------- geometry


def test_a_product_lands_where_asymmetric_tangents_put_it(renderer, store):
    renderer.load_scene(box_scene(store, (0.35, 1.3, -1.0), colour=(255, 0, 0, 255)))
    view = eye(pose((0, 1, 0.8), 8, 5), (160, 120), (-1.2, 0.8, -0.5, 0.9))
    (picture,) = draw(renderer, view)
    found = middle_of(is_red(picture))
    assert found == pytest.approx(pixel_of(view, (0.35, 1.4, -1.0)), abs=1.0)
    # The same check notices an upside-down and a mirrored picture.
    for wrong in (picture[::-1], picture[:, ::-1]):
        assert np.abs(middle_of(is_red(wrong)) - found).max() > 8


def test_eyes_differ_as_parallax_demands_and_a_swap_is_noticed(renderer, store):
    renderer.load_scene(box_scene(store, (0, 1.1, -1.0), colour=(255, 0, 0, 255)))
    ipd = 0.064
    tangents = ((-0.6, 0.4, -0.5, 0.5), (-0.4, 0.6, -0.5, 0.5))
    views = [
        eye(pose((side * ipd / 2, 1.2, 0)), (200, 200), tangent)
        for side, tangent in zip((-1, 1), tangents, strict=True)
    ]
    pictures = draw(renderer, *views)
    front = 0.9  # the front face is what is seen, 0.9 m away
    for view, picture in zip(views, pictures, strict=True):
        expected = pixel_of(view, (0, 1.2, -front))
        assert middle_of(is_red(picture)) == pytest.approx(expected, abs=1.0)
    shift = middle_of(is_red(pictures[0]))[0] - middle_of(is_red(pictures[1]))[0]
    assert shift == pytest.approx(200 * (0.2 + ipd / front), abs=1.0)
    assert abs(-shift - 200 * (0.2 + ipd / front)) > 50


@pytest.mark.parametrize(("distance", "gap"), [(0.1, 0.0002), (1.0, 0.0005), (60.0, 0.02)])
@pytest.mark.parametrize("red_first", [True, False])
def test_the_nearer_of_two_close_surfaces_wins(renderer, store, distance, gap, red_first):
    size = (2.0 * distance, 2.0 * distance, 0.0)
    red = (*store.box(size, (255, 0, 0, 255), PLAIN), [((0, -distance, 0), 0, 1.0, False)])
    blue = (*store.box(size, (0, 0, 255, 255), PLAIN), [((0, -distance, -gap), 0, 1.0, False)])
    renderer.load_scene(store.assemble([red, blue] if red_first else [blue, red], labels=False))
    (picture,) = draw(renderer, eye(pose((0, 0, distance)), size=(48, 48)))
    assert is_red(picture).all()


def test_every_sample_counts_at_an_edge(renderer, store):
    renderer.load_scene(box_scene(store, (0, 0.9, -1.0)))
    (picture,) = draw(renderer, eye(pose((0, 1, 0), 3, 2)))
    assert len(np.unique(picture[..., 0])) > 4


# ---------------------------------------------------------------- scene state


def test_hidden_rows_vanish_and_come_back(renderer, store):
    renderer.load_scene(box_scene(store, (-0.2, 0.9, -1), (0.2, 0.9, -1), colour=(255, 0, 0, 255)))
    view = eye(pose((0, 1, 0)))
    (both,) = draw(renderer, view)
    (one,) = draw(renderer, view, hidden=(0, 77))
    (again,) = draw(renderer, view)
    assert is_red(one)[:, :48].sum() == 0
    assert (one[:, 50:] == both[:, 50:]).all()
    assert (again == both).all()


def test_a_unit_taken_away_takes_its_shadow_along(renderer, store):
    shelf = store.box((1.0, 0.9, 1.0), (200, 200, 200, 255), PLAIN)
    unit = store.box((0.2, 0.2, 0.2), (255, 0, 0, 255), PLAIN)
    carrying = (*shelf, [((0, 0, 0), 0, 1.0, False)])
    renderer.load_scene(
        store.assemble([carrying, (*unit, [((0, 0.9, 0), 0, 1.0, True)])], labels=False)
    )
    view = eye(look_at((0.1, 1.9, 0.1), (0, 0.9, 0)))
    (with_unit,) = draw(renderer, view)
    (without,) = draw(renderer, view, hidden=(1,))
    beside = pixel_of(view, (0.105, 0.9, 0.0)).astype(int)
    far = pixel_of(view, (0.3, 0.9, 0.0)).astype(int)
    assert with_unit[beside[1], beside[0], 0] < 0.92 * without[beside[1], beside[0], 0]
    assert (with_unit[far[1], far[0]] == without[far[1], far[0]]).all()
    # The baked light keeps a soft memory of the unit, but no edge.
    assert np.abs(np.diff(without[30:66, 30:66, 0], axis=1)).max() < 8


def test_the_highlight_is_told_by_more_than_colour(renderer, store):
    renderer.load_scene(box_scene(store, (-0.2, 0.9, -1), (0.2, 0.9, -1), colour=(60, 60, 60, 255)))
    view = eye(pose((0, 1, 0)))
    (plain,) = draw(renderer, view)
    (lit,) = draw(renderer, view, highlight=1)
    changed = (np.abs(lit - plain) > 3).any(axis=2)
    left, right = changed[:, :44], changed[:, 52:]
    assert left.sum() == 0
    assert right.sum() > 100
    assert lit[48, 68].sum() > plain[48, 68].sum()
    background = (plain == plain[2, 2]).all(axis=2)
    assert (changed & background).sum() > 20  # the rim lies outside the product
    (none,) = draw(renderer, view, highlight=99)
    assert (none == plain).all()


def test_the_rim_of_a_thing_with_thin_walls_stays_outside_of_it(renderer, store):
    """As of a tray: the inner side of the near wall faces away, and is no rim."""
    outer, faces = store.box((0.2, 0.2, 0.2), (60, 60, 60, 255), PLAIN)
    inner, inwards = store.box((0.197, 0.197, 0.197), (60, 60, 60, 255), PLAIN)
    inner["position"][:, 1] += 0.0015
    vertices = np.concatenate([outer, inner])
    shell = np.concatenate([faces, inwards.reshape(-1, 3)[:, ::-1].ravel() + len(outer)])
    renderer.load_scene(
        store.assemble([(vertices, shell, [((0.0, 0.9, -1.0), 0, 1.0, True)])], labels=False)
    )
    view = eye(pose((0, 1, 0)))
    (plain,) = draw(renderer, view)
    (lit,) = draw(renderer, view, highlight=0)
    background = (plain == plain[2, 2]).all(axis=2)
    changed = np.abs(lit.astype(int) - plain).max(axis=2)
    rows, columns = np.nonzero(~background)
    inside = np.zeros_like(background)
    inside[rows.min() + 2 : rows.max() - 1, columns.min() + 2 : columns.max() - 1] = True
    assert inside.sum() > 200
    assert changed[inside].max() < 60
    assert (changed[~inside] > 30).sum() > 20


def test_in_high_contrast_the_rim_is_thicker_and_white_within_black(renderer, store):
    renderer.load_scene(box_scene(store, (-0.2, 0.9, -1), (0.2, 0.9, -1), colour=(60, 60, 60, 255)))
    view = eye(pose((0, 1, 0)))
    (plain,) = draw(renderer, view)
    rims = []
    for stark in (False, True):
        (lit,) = draw(renderer, view, highlight=1, stark=stark)
        changed = (np.abs(lit.astype(int) - plain) > 3).any(axis=2)
        rims.append(lit[changed & (plain == plain[2, 2]).all(axis=2)])
    thin, thick = rims
    assert len(thick) > 2 * len(thin)
    assert (thick.min(axis=1) > 200).sum() > 20
    assert (thick.max(axis=1) < 40).sum() > 20


def test_a_label_shows_what_was_printed_upright(renderer, store):
    scene = store.small_scene()
    renderer.load_scene(scene)
    pixels = np.full((128, 256, 4), 255, dtype=np.uint8)
    pixels[:64, :128, :3] = (200, 0, 0)  # top left
    centre = scene.labels["centre"][1].astype(float)
    view = eye(look_at(np.add(centre, (0, 0, 0.1)), centre))
    printed = (LabelUpdate(0, pixels, 3), LabelUpdate(400, pixels, 4))
    (picture,) = draw(renderer, view, labels=printed)
    assert picture[40, 30, 0] > 150
    assert picture[40, 30, 1] < 20
    for row, column in ((40, 66), (56, 30), (56, 66)):
        assert picture[row, column].min() > 230
    with pytest.raises(ValueError, match="256x128"):
        draw(renderer, view, labels=(LabelUpdate(1, pixels[:64], 0),))


def test_hands_and_beams_are_drawn_and_a_beam_ends_on_a_panel(renderer, store):
    renderer.load_scene(store.small_scene())
    view = eye(pose((0, 1.5, 0.9)), (400, 400))
    (plain,) = draw(renderer, view)
    start, end = np.array([0.15, 1.3, 0.3]), np.array([0.0, 1.5, -0.1])
    hand = HandPose(look_at(start, end), left=False)
    (with_hand,) = draw(renderer, view, hands=(hand,))
    assert (with_hand != plain).any(axis=2).sum() > 200
    laser = Laser(start, end, hit=True)
    (with_beam,) = draw(renderer, view, lasers=(laser,))
    x, y = pixel_of(view, end).astype(int)
    assert with_beam[y, x].min() > 235  # the dot's white middle
    behind = panel((20, 20, 20, 255), at=(0, 1.5, 0.2), size_m=(0.1, 0.1))
    (covered,) = draw(renderer, view, lasers=(laser,), panels=(behind,), textures=(WHITE_TEXTURE,))
    assert covered[y, x].tolist() == [20, 20, 20]


# ---------------------------------------------------------------- frames and textures


def test_textures_are_reused_until_a_size_changes(renderer, store):
    renderer.load_scene(store.small_scene())
    small, large = eye(pose((0, 1, 1)), (32, 24)), eye(pose((0, 1, 1)), (40, 24))
    frames = [
        renderer.draw(FramePacket(i, 0.0, views))
        for i, views in enumerate([(small, small), (small, small), (small, large), (small, large)])
    ]
    assert frames[0] == frames[1]
    assert frames[0][0] != frames[0][1]
    assert frames[2] == frames[3]
    assert frames[2][0] == frames[0][0]
    assert renderer.read_eye(0).shape == (24, 32, 3)
    assert renderer.read_eye(1).shape == (24, 40, 3)


def test_a_panel_may_change_its_size_its_picture_and_leave(renderer):
    view = eye(pose((0, 1, 0.3)))
    red, green = (200, 0, 0, 255), (0, 200, 0, 255)
    (first,) = draw(renderer, view, panels=(panel(red),), textures=(WHITE_TEXTURE,))
    kept = PanelQuad("card", translation((0, 1, 0)), (0.4, 0.4), None)
    (unchanged,) = draw(renderer, view, panels=(kept,))
    (larger,) = draw(renderer, view, panels=(panel(green, size_px=(80, 40)),))
    (gone,) = draw(renderer, view)
    (never,) = draw(renderer, view, panels=(kept,))
    (untextured,) = draw(
        renderer,
        view,
        panels=(panel(red),),
        textures=(TextureUpdate(1, None), TextureUpdate(9, None)),
    )
    assert (first == unchanged).all()
    assert [p[48, 48].tolist() for p in (first, larger)] == [[200, 0, 0], [0, 200, 0]]
    for picture in (gone, never, untextured):
        assert (picture == gone[0, 0]).all()


def test_without_a_scene_panels_still_show(renderer):
    (picture,) = draw(
        renderer,
        eye(pose((0, 1, 0.3))),
        panels=(panel((9, 99, 199, 255)),),
        textures=(WHITE_TEXTURE,),
    )
    assert picture[48, 48].tolist() == [9, 99, 199]


def test_another_scene_replaces_the_first(renderer, store):
    view = eye(pose((0, 1, 0)))
    renderer.load_scene(box_scene(store, (0, 0.9, -1.0), colour=(255, 0, 0, 255)))
    (first,) = draw(renderer, view)
    renderer.load_scene(store.small_scene())
    renderer.load_scene(box_scene(store, (0, 0.9, -1.0), colour=(255, 0, 0, 255)))
    (second,) = draw(renderer, view)
    assert is_red(first).any()
    assert (first == second).all()


def test_too_many_or_empty_views_are_refused(renderer):
    view = eye(pose((0, 1, 0)))
    with pytest.raises(ValueError, match="at most 4"):
        renderer.draw(FramePacket(0, 0.0, (view,) * 5))
    with pytest.raises(ValueError, match="cannot be drawn"):
        renderer.draw(FramePacket(0, 0.0, (eye(pose((0, 1, 0)), (0, 10)),)))
    assert renderer.draw(FramePacket(0, 0.0, ())) == ()


def test_contact_shadows_lie_under_units_and_under_what_stands_on_the_floor(store):
    rows = contact_rows(store.small_scene())
    assert len(rows) == 3 + 3 + 2 + 1
    assert rows[:-1, 4] == pytest.approx(store.SHELF_Y)
    assert rows[0] == pytest.approx(
        [-0.42, 0.15, 0.05, 0.03, store.SHELF_Y, CONTACT_DARKNESS, CONTACT_SPREAD_M]
    )
    assert rows[-1] == pytest.approx([0, 0, 0.6, 0.25, 0, FIXTURE_DARKNESS, FIXTURE_SPREAD_M])


def test_a_part_of_a_texture_is_replaced_where_it_is_and_nowhere_else(renderer):
    view = eye(pose((0, 1, 0.3)))
    shown = panel((255, 255, 255, 255))
    shown.drawing.vertices["uv"] = [(0, 0), (1, 0), (1, 1), (0, 1)]
    white = TextureUpdate(1, np.full((8, 8, 4), 255, np.uint8))
    draw(renderer, view, panels=(shown,), textures=(white,))
    black = np.zeros((4, 2, 4), np.uint8)
    black[..., 3] = 255
    part = TextureUpdate(1, black, (6, 4))
    (picture,) = draw(renderer, view, panels=(shown,), textures=(part,))
    dark = (picture < 99).all(axis=2)
    assert not dark[: len(dark) // 2].any()  # the upper half stays, and so does the left one
    assert not dark[:, : len(dark) // 2].any()
    assert dark[-30:, -8:].all()
    with pytest.raises(ValueError, match="no part of"):
        draw(renderer, view, panels=(shown,), textures=(TextureUpdate(1, black, (7, 4)),))
    draw(renderer, view, panels=(shown,), textures=(TextureUpdate(9, black, (0, 0)),))  # is gone


def test_what_is_laid_on_a_panel_is_drawn_over_it_wherever_on_it_that_is(renderer):
    view = eye(pose((0.0, 1.0, 0.3)))
    white, red = (255, 255, 255, 255), (200, 0, 0, 255)
    for across in (-0.08, 0.0, 0.08):  # nearer to the eye than the panel's middle, or further
        floor = panel(white, at=(0.02, 1, 0))
        mark = replace(
            panel(red, size_m=(0.02, 0.02), at=(across, 1, 0.001), name="here"), laid=True
        )
        (picture,) = draw(renderer, view, panels=(floor, mark), textures=(WHITE_TEXTURE,))
        x, y = pixel_of(view, (across, 1.0, 0.001))
        assert picture[round(y), round(x)].tolist() == [200, 0, 0]
        order = [quad.id for quad in farthest_first((floor, mark), view)]
        assert order == ["card", "here"]
