import numpy as np
import pytest

from store_scenes.compile.scene import CELL, DRAW, INSTANCE, SOLID, SceneDescription
from vr_client.interact.picking import PickIndex
from vr_client.interact.rays import Ray, ray_towards

EYE = np.array([0.0, 1.5, 0.0])


def scene_of(boxes, product_of, cells, solids=()):
    """`cells` are (first, count) runs of instances; every run is one draw."""
    bounds = np.asarray(boxes, np.float32).reshape(-1, 2, 3)
    draws = np.zeros(len(cells), DRAW)
    draws["first_instance"], draws["instance_count"] = np.transpose(cells)
    cell_rows = np.zeros(len(cells), CELL)
    for row, (first, count) in enumerate(cells):
        cell_rows[row]["bounds_min"] = bounds[first : first + count, 0].min(axis=0)
        cell_rows[row]["bounds_max"] = bounds[first : first + count, 1].max(axis=0)
        cell_rows[row]["first_draw"], cell_rows[row]["draw_count"] = row, 1
    empty = np.empty(0)
    return SceneDescription(
        "", empty, empty, empty, np.zeros(len(bounds), INSTANCE), bounds,
        np.asarray(product_of, np.int32), cell_rows, draws, empty,
        np.array(list(solids), SOLID), *[empty] * 5, ("a", "b"), (),
        ((-5, 0, -5), (5, 3, 5)), (0, 0, 0),
    )  # fmt: skip


def cube(x, y, z, half=0.1):
    return [(x - half, y - half, z - half), (x + half, y + half, z + half)]


def at(x, y, z):
    return ray_towards(EYE, np.array([x, y, z]))


ROW = scene_of(
    [cube(0, 1.5, -2), cube(0, 1.5, -3), cube(1, 1.5, -2), cube(0, 1.5, -1)],
    [0, 0, 1, -1],
    [(0, 2), (2, 2)],
)


def test_the_nearest_unit_for_sale_is_picked_through_what_is_not_solid():
    hit = PickIndex(ROW).nearest(at(0, 1.5, -2))
    assert hit is not None
    assert (hit.instance, hit.distance_m) == (0, pytest.approx(1.9))


def test_units_of_every_cell_can_be_picked():
    hit = PickIndex(ROW).nearest(at(1, 1.5, -2))
    assert hit is not None
    assert hit.instance == 2


def test_a_solid_in_front_hides_the_product():
    scene = scene_of([cube(0, 1.5, -2)], [0], [(0, 1)], [((-1, 0, -1.2), (1, 3, -1.0))])
    hit = PickIndex(scene).nearest(at(0, 1.5, -2))
    assert hit is not None
    assert (hit.instance, hit.distance_m) == (-1, pytest.approx(1.0))


def test_a_ray_into_the_void_meets_nothing():
    assert PickIndex(ROW).nearest(at(0, 5, 0)) is None


def test_picking_by_cells_equals_looking_at_every_box():
    rng = np.random.default_rng(5)
    count = 400
    centres = rng.uniform((-3, 0, -4), (3, 2, -1), (count, 3))
    centres = centres[np.argsort(centres[:, 0])]
    boxes = np.stack([centres - 0.04, centres + 0.04], axis=1)
    scene = scene_of(boxes, np.zeros(count), [(i, 20) for i in range(0, count, 20)])
    index = PickIndex(scene)
    for _ in range(50):
        direction = rng.normal(size=3) * (1, 0.3, 0) + (0, -0.1, -1)
        ray = Ray(EYE, direction / np.linalg.norm(direction))
        low, high = scene.bounds.astype(float).transpose(1, 0, 2)
        near = (np.stack([low, high]) - ray.origin) / ray.direction
        enter, leave = near.min(axis=0).max(axis=1), near.max(axis=0).min(axis=1)
        met = np.flatnonzero((enter <= leave) & (enter > 0))
        hit = index.nearest(ray)
        assert (hit.instance if hit else None) == (met[enter[met].argmin()] if len(met) else None)


def test_clear_fraction_stops_at_the_first_box():
    points = np.array([[0.0, 1.5, -4.0], [2.0, 1.5, 2.0]])
    assert PickIndex(ROW).clear_fraction(EYE, points) == pytest.approx(1.9 / 4.0)
    assert PickIndex(ROW).clear_fraction(EYE, points[1:]) == 1.0


def test_what_was_taken_is_not_met_on_its_shelf_and_is_again_when_it_is_back():
    index = PickIndex(ROW)
    index.leave_out((0,))
    assert index.nearest(at(0, 1.5, -2)).instance == 1
    assert index.within(np.array([0.0, 1.5, -1.85]), 0.08)[0] == -1
    index.leave_out((1,))
    assert index.nearest(at(0, 1.5, -2)).instance == 0
    index.leave_out(())
    assert index.nearest(at(0, 1.5, -3)).instance == 0
    assert index.within(np.array([0.0, 1.5, -2.95]), 0.08)[0] == 1
    # What is not for sale does not become so.
    index.leave_out((2,))
    index.leave_out(())
    assert index.nearest(at(0, 1.5, -1)).instance == 0


def test_the_nearest_unit_in_reach_is_found_and_how_far_nothing_is():
    index = PickIndex(ROW)
    assert index.within(np.array([0.0, 1.5, -1.85]), 0.08) == (0, 0.0)
    assert index.within(np.array([0.0, 1.5, -2.0]), 0.08) == (0, 0.0)
    row, free_m = index.within(np.array([0.0, 1.5, -1.0 + 0.1 + 0.5]), 0.08)
    assert (row, free_m) == (-1, pytest.approx(0.42))
    # Inside a cell, but at nothing: it has to be looked at again at once.
    assert index.within(np.array([0.0, 1.5, -2.5]), 0.08) == (-1, 0.0)


def test_reach_by_cells_equals_looking_at_every_box():
    rng = np.random.default_rng(7)
    centres = rng.uniform((-2, 0, -2), (2, 2, 2), (300, 3))
    centres = centres[np.argsort(centres[:, 0])]
    boxes = np.stack([centres - 0.05, centres + 0.05], axis=1)
    index = PickIndex(scene_of(boxes, np.zeros(300), [(i, 20) for i in range(0, 300, 20)]))
    found = 0
    for point in rng.uniform((-2, 0, -2), (2, 2, 2), (300, 3)):
        low, high = (side.astype(np.float32).astype(float) for side in boxes.transpose(1, 0, 2))
        apart = np.linalg.norm(np.maximum(np.maximum(low - point, point - high), 0.0), axis=1)
        row, free_m = index.within(point, 0.08)
        wanted = int(apart.argmin()) if apart.min() <= 0.08 else -1
        if row != wanted:
            assert apart[row] == apart[wanted]  # inside two of them
        assert free_m <= max(0.0, apart.min() - 0.08) + 1e-6
        found += row >= 0
    assert 30 < found < 270


def test_nothing_is_taken_through_a_board_and_everything_from_one():
    board = ((-1.0, 1.2, -3.0), (1.0, 1.4, -1.0))
    index = PickIndex(scene_of([cube(0, 1.5, -2)], [0], [(0, 1)], [board]))
    assert index.within(np.array([0.0, 1.65, -2.0]), 0.08)[0] == 0
    assert index.within(np.array([0.15, 1.41, -2.0]), 0.08)[0] == 0  # beside it, on the board
    thin = ((-1.0, 1.36, -3.0), (1.0, 1.38, -1.0))
    under = PickIndex(scene_of([cube(0, 1.5, -2)], [0], [(0, 1)], [thin]))
    assert under.within(np.array([0.0, 1.34, -2.0]), 0.08)[0] == -1


def test_what_is_behind_a_board_does_not_hide_what_is_before_it():
    board = ((-1.0, 1.36, -3.0), (1.0, 1.38, -1.0))
    boxes = [cube(0, 1.5, -2), cube(0, 1.2, -2)]  # above the board, and below it
    index = PickIndex(scene_of(boxes, [0, 0], [(0, 2)], [board]))
    assert index.within(np.array([0.0, 1.355, -2.0]), 0.08)[0] == 1


def test_a_short_ray_meets_what_a_long_one_meets_nearby_wherever_one_walks():
    rng = np.random.default_rng(5)
    boxes = [cube(*at) for at in rng.uniform((-25, 0, -25), (25, 2, 25), (3000, 3))]
    scene = scene_of(boxes, [0] * 3000, [(n, 1) for n in range(3000)],
                     [((-1, 0, z), (1, 3, z + 0.1)) for z in (-20.0, -9.0, 4.0, 15.0)])  # fmt: skip
    picks = PickIndex(scene)
    eye, met = np.array([-20.0, 1.0, -20.0]), 0
    for _ in range(400):
        eye += rng.uniform(-0.1, 0.4, 3) * (1, 0, 1)
        eye[[0, 2]] = (eye[[0, 2]] + 25.0) % 50.0 - 25.0
        ray = ray_towards(eye, eye + rng.normal(size=3) * (1, 0.2, 1))
        whole, short = picks.nearest(ray), picks.nearest(ray, 6.0)
        assert short == (whole if whole is not None and whole.distance_m < 6.0 else None)
        met += short is not None
    assert met > 50


def test_many_ways_at_once_are_as_free_as_each_by_itself():
    rng = np.random.default_rng(4)
    middles = rng.uniform((-3, 0, -3), (3, 2, 3), (60, 3))
    boxes = [
        cube(*middle, half)
        for middle, half in zip(middles, rng.uniform(0.05, 0.3, 60), strict=True)
    ]
    solid = np.zeros(3, SOLID)
    solid["min"], solid["max"] = (
        [(-3, 0, -3), (1, 0, 1), (-2, 0, 2)],
        [(3, 0.1, 3), (2, 2, 1.1), (-1, 1, 3)],
    )
    scene = scene_of(boxes, [0, 1, -1] * 20, [(first, 6) for first in range(0, 60, 6)], solid)
    picks = PickIndex(scene)
    picks.leave_out([0, 7, 13])
    low, high = np.array((-3.0, 0.0, -3.0)), np.array((3.0, 2.0, 3.0))
    free = []
    for _ in range(60):
        eye = rng.uniform(low - 0.4, high + 0.4)
        points = eye + rng.uniform(-1.2, 1.2, (5, 3))
        shares = [1.0]
        for at in points:
            away_m = float(np.linalg.norm(at - eye))
            hit = picks.nearest(ray_towards(eye, at), away_m)
            if hit is not None and hit.distance_m > 0.0:
                shares.append(hit.distance_m / away_m)
        free.append(min(shares))
        assert picks.clear_fraction(eye, points) == pytest.approx(min(shares), abs=1e-9)
    assert 10 < sum(share < 1.0 for share in free) < 55
    assert picks.clear_fraction(eye, np.empty((0, 3))) == 1.0
