"""Clusters, occluders and levels of detail: less is drawn, and nothing looks different."""

import dataclasses

import numpy as np
import pytest

from store_scenes.compile.assemble import Goods, MeshPool, Standing, place
from store_scenes.compile.boards import find_boards
from store_scenes.compile.scene import LEVELS
from store_scenes.models import detail
from store_scenes.models.detail import detailed
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.render import occluders
from vr_client.render.clusters import choose, cluster
from vr_client.render.scene_buffers import draw_commands
from vr_client.render.view_block import clip_from_world
from vr_client.space.culling import box_rows, planes_of_each
from vr_client.space.pose import look_at

PLAIN = (120, 0, 0, 255)


@pytest.fixture
def gondola(store):
    """A board along x with three rows of goods on each side, and one unit far from it."""
    board = store.box((3.0, 1.8, 0.04), (90, 90, 96, 255), PLAIN)
    unit = store.cylinder(0.05, 0.2, (220, 40, 40, 255), PLAIN, sides=64)
    places = [
        ((x, 0.8, sign * (0.12 + 0.11 * row)), 0, 1.0, True)
        for sign in (-1, 1)
        for row in range(3)
        for x in np.arange(-1.2, 1.21, 0.2)
    ]
    scene = store.assemble(
        [(*board, [((0, 0, 0), 0, 1.0, False)]), (*unit, [*places, ((0, 0, 1.9), 0, 1.0, True)])],
        labels=False,
    )
    return arranged(scene, np.array([((-1.5, 0, -0.02), (1.5, 1.8, 0.02))]))


def arranged(scene, boards):
    """The scene in the order that the compiler gives it, with coarser levels of its meshes."""
    pool = MeshPool()
    standing, goods = [], []
    for number, draw in enumerate(scene.draws):
        mesh = scene.meshes[number]
        indices = scene.indices[mesh["first_index"] :][: mesh["index_count"]]
        vertices = scene.vertices[mesh["base_vertex"] :][: int(indices.max()) + 1]
        for row in range(draw["first_instance"], draw["first_instance"] + draw["instance_count"]):
            at = scene.instances["position"][row][None].astype(float)
            sold = int(scene.product_of[row])
            mesh_row = pool.add(detailed(vertices, indices))
            if sold < 0:
                standing.append(Standing(mesh_row, at, 0.0, np.ones(1)))
                continue
            zero = np.zeros(1, np.uint8)
            goods.append(
                Goods(np.array([mesh_row]), np.array([sold], np.int32), zero.astype(np.uint32), at,
                      np.zeros(1), zero, np.ones(1))
            )  # fmt: skip
    vertices, indices, meshes = pool.arrays()
    radii = np.array([mesh.radius for mesh in pool.meshes])
    stood = place(standing, goods, meshes, radii, boards)
    return dataclasses.replace(
        scene, vertices=vertices, indices=indices, meshes=meshes, instances=stood.instances,
        bounds=stood.bounds, product_of=stood.product_of, cells=stood.cells, draws=stood.draws,
        boards=boards.astype(np.float32),
    )  # fmt: skip


def view_from(position, target, size=(160, 160)):
    return EyeView(look_at(position, target), (-0.8, 0.8, -0.8, 0.8), size)


# ---------------------------------------------------------------- clusters


def test_every_instance_is_in_exactly_one_run_of_its_mesh_and_inside_its_box(gondola):
    draws, runs = gondola.draws, cluster(gondola)
    assert draws["instance_count"].sum() == len(gondola.instances)
    assert np.array_equal(np.cumsum(draws["instance_count"])[:-1], draws["first_instance"][1:])
    for draw, low, high in zip(draws, runs.low, runs.high, strict=True):
        rows = slice(draw["first_instance"], draw["first_instance"] + draw["instance_count"])
        assert (gondola.product_of[rows] == (1 if draw["mesh"] else -1)).all()
        assert (gondola.bounds[rows, 0] >= low).all()
        assert (gondola.bounds[rows, 1] <= high).all()
    cell_of = np.repeat(np.arange(runs.cells), runs.run_count)
    assert (runs.first_run == np.cumsum(runs.run_count) - runs.run_count).all()
    assert (runs.low >= runs.cell_low[cell_of]).all()
    assert (runs.high <= runs.cell_high[cell_of]).all()


def test_no_run_spans_a_board_and_only_rows_behind_the_first_are_rear(gondola):
    runs = cluster(gondola)
    goods = gondola.draws["mesh"] == 1
    assert not ((runs.low[goods, 2] < 0) & (runs.high[goods, 2] > 0)).any()
    rear = np.repeat(gondola.draws["rear"] > 0, gondola.draws["instance_count"])
    z = np.abs(gondola.instances["position"][:, 2])
    expected = (gondola.product_of >= 0) & (z < 0.3)
    assert (rear == expected).all()


# ---------------------------------------------------------------- occluders


def test_boards_are_thin_upright_solids_joined_where_they_continue(gondola):
    pieces = [
        ((-1.0, 0.0, -0.02), (0.0, 1.8, 0.02)),
        ((0.0, 0.0, -0.02), (1.0, 1.8, 0.02)),
        ((1.4, 0.0, -0.02), (1.9, 1.8, 0.02)),  # a gap before it
        ((-1.0, 0.5, -0.3), (1.0, 0.53, 0.0)),  # a shelf
        ((-2.1, 0.0, -2.0), (-2.0, 3.0, 2.0)),  # a wall of the room
    ]
    found = find_boards(np.array(pieces), gondola.room)
    assert found[:, :, 0] == pytest.approx(np.array([[-1.0, 1.0], [1.4, 1.9]]))


def test_only_what_lies_wholly_behind_a_board_is_hidden():
    planks = occluders.Boards(np.array([[(-1.0, 0.0, -0.05), (1.0, 2.0, 0.05)]]))
    eye = np.array([[0.0, 1.5, 2.0]])
    boxes = {
        "behind": ((-0.2, 0.5, -1.0), (0.2, 0.9, -0.5), True),
        "just behind": ((-0.2, 0.5, -0.2), (0.2, 0.9, -0.06), True),
        "through it": ((-0.2, 0.5, -0.2), (0.2, 0.9, 0.2), False),
        "before it": ((-0.2, 0.5, 0.2), (0.2, 0.9, 0.4), False),
        "half past its end": ((0.9, 0.5, -1.0), (1.9, 0.9, -0.5), False),
        "over it": ((-0.2, 2.2, -1.0), (0.2, 2.6, -0.5), False),
        "behind the eye": ((-0.2, 1.4, 2.5), (0.2, 1.6, 3.0), False),
    }
    low, high, expected = (np.array(column) for column in zip(*boxes.values(), strict=True))
    assert occluders.hidden(eye, planks, box_rows(low, high)).tolist() == expected.tolist()
    from_behind = occluders.hidden(eye * (1, 1, -1), planks, box_rows(low, high))
    assert from_behind.tolist() == [False, False, False, True, False, False, True]
    edge_on = occluders.hidden(np.array([[3.0, 1.0, 0.0]]), planks, box_rows(low, high))
    assert not edge_on.any()


def test_what_one_of_two_eyes_sees_past_a_board_is_not_hidden():
    planks = occluders.Boards(np.array([[(-1.0, 0.0, -0.05), (1.0, 2.0, 0.05)]]))
    left, right = [-0.2, 1.5, 2.0], [0.2, 1.5, 2.0]
    # The shadow's edge at z = -1: 1.0 + 0.8 * 3 / 2 to the right of an eye that is 0.2 left.
    low, high = np.array([[1.45, 0.5, -1.1]]), np.array([[1.55, 0.9, -1.0]])
    rows = box_rows(low, high)
    assert occluders.hidden(np.array([left]), planks, rows).tolist() == [True]
    assert occluders.hidden(np.array([right]), planks, rows).tolist() == [False]
    assert occluders.hidden(np.array([left, right]), planks, rows).tolist() == [False]
    between = np.array([[0.0, 1.5, 2.0], [0.0, 1.5, -2.0]])  # the board stands between these
    assert not occluders.hidden(between, planks, rows).any()


@pytest.mark.gl
def test_leaving_out_what_boards_hide_changes_no_pixel(gondola, renderer):
    eyes = [
        ((0.2, 1.5, 1.6), (0, 0.9, 0)),
        ((-1.9, 1.7, 1.2), (0.5, 0.8, 0)),
        ((0, 2, 1), (0, 1, 0)),
    ]
    renderer.load_scene(gondola)
    runs = renderer._scene.clusters
    renderer._scene.commands[:] = renderer._scene.commands[0]  # only the culling may differ
    for position, target in eyes:
        view = view_from(position, target)
        pictures, counts = [], []
        for boards in (runs.boards, occluders.Boards(np.zeros((0, 2, 3)))):
            renderer._scene.clusters = dataclasses.replace(runs, boards=boards)
            renderer.draw(FramePacket(0, 0.0, (view,)))
            pictures.append(renderer.read_eye(0))
            counts.append(renderer._opaque._count)
        assert (pictures[0] == pictures[1]).all()
        assert 0 < counts[0] < counts[1]


def test_the_far_side_of_a_gondola_is_not_drawn_until_an_eye_sees_it(gondola):
    runs = cluster(gondola)
    before = view_from((0, 1.5, 1.8), (0, 0.8, 0))
    beside = view_from((1.95, 1.5, -1.2), (0, 0.8, 0))
    planes = planes_of_each(
        [clip_from_world(view, reversed_depth=True) for view in (before, beside)]
    )
    chosen, _, _ = choose(runs, [before], planes[:1])
    mesh = gondola.draws["mesh"]
    goods = chosen[mesh[chosen] == 1]
    assert (runs.low[goods, 2] > 0).all()
    both, _, _ = choose(runs, [before, beside], planes)
    goods = both[mesh[both] == 1]
    assert (runs.low[goods, 2] > 0).any()
    assert (runs.high[goods, 2] < 0).any()


# ---------------------------------------------------------------- levels of detail


def test_coarser_lists_use_the_same_vertices_and_stay_within_a_cluster(store):
    vertices, indices = store.cylinder(0.05, 0.2, (200, 0, 0, 255), PLAIN, sides=96)
    counts = [len(indices)]
    for size in detail.CELL_SIZES_M:
        fewer = detail.coarser(vertices, indices, size)
        counts.append(len(fewer))
        points = vertices["position"][np.unique(fewer)].astype(float)
        assert points[:, 1].max() == pytest.approx(0.2)
        assert points[:, 1].min() == 0.0
        corners = points_of(vertices, fewer)
        mean = corners.mean(axis=1)
        # Chords of the circle: never outside it, and inside by no more than a cluster.
        radius = np.hypot(mean[:, 0], mean[:, 2])
        sides = np.abs(vertices["normal"][fewer.reshape(-1, 3)][:, :, 1]).max(axis=1) < 0.5
        assert radius[sides].max() <= 0.05 + 1e-9
        assert radius[sides].min() >= 0.05 - size
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0] / 3


def points_of(vertices, indices):
    return vertices["position"][indices.reshape(-1, 3)].astype(float)


def test_plain_meshes_are_left_alone(store):
    vertices, indices = store.box((0.1, 0.1, 0.1), (1, 2, 3, 255), PLAIN)
    assert detail.coarser(vertices, indices, 0.03) is indices


def test_detail_follows_distance_pixels_and_what_stands_in_front(gondola):
    runs = cluster(gondola)
    commands, rear = draw_commands(gondola), gondola.draws["rear"] > 0
    assert commands.shape == (1 + LEVELS, len(gondola.draws), 5)
    for level in commands:
        assert (level[:, 2] + level[:, 0] <= len(gondola.indices)).all()
        assert level[:, 1].sum() == len(gondola.instances)
    view = view_from((0, 1.5, 1.7), (0, 0.9, 0))
    fine = view_from((0, 1.5, 1.7), (0, 0.9, 0), size=(4000, 4000))
    planes = planes_of_each([clip_from_world(view, reversed_depth=True)])
    chosen, levels, _ = choose(runs, [view], planes)
    same, finest, _ = choose(runs, [fine], planes)
    assert (chosen == same).all()
    assert (finest[~rear[same]] == 0).all()
    assert (levels >= finest).all()
    assert levels[rear[chosen]].min() > levels[~rear[chosen]].min()
