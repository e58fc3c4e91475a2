"""Picking with both hands, and from place to place, against a look at every single box."""

import math

import numpy as np
import pytest

from store_scenes.compile.scene import CELL, DRAW, INSTANCE, SOLID, SceneDescription
from vr_client.interact.picking import AT_ONCE, HANDS_M, NEAR_M, PickIndex, ProductHit
from vr_client.interact.rays import Ray, ray_towards

WIDE_M, DEEP_M = 24.0, 16.0
REACHES = (np.inf, NEAR_M, 2.5)


def a_store(rng, shelves=90, boards=30):
    """Shelves with gaps: (scene, the cell of each unit). No two units are in the same place."""
    spots = [(x, z) for x in np.arange(-11.0, 11.5, 1.4) for z in np.arange(-7.0, 7.5, 1.3)]
    bounds, product_of, cells, cell_of = [], [], [], []
    for number, spot in enumerate(rng.permutation(len(spots))[:shelves]):
        x, z = spots[spot]
        slots = np.stack(np.meshgrid(range(5), range(4), range(3), indexing="ij"), -1)
        slots = rng.permutation(slots.reshape(-1, 3))[: rng.integers(3, 20)]
        at = (x - 0.5, 0.3, z - 0.4) + slots * (0.22, 0.42, 0.25)
        half = rng.uniform(0.03, 0.1, (len(at), 3))
        first = len(bounds)
        bounds += list(np.stack([at - half, at + half], axis=1).astype(np.float32))
        product_of += rng.choice([0, 1, 2, -1], len(at), p=[0.3, 0.3, 0.3, 0.1]).tolist()
        here = np.array(bounds[first:])
        cells.append((here[:, 0].min(axis=0), here[:, 1].max(axis=0), first, len(at)))
        cell_of += [number] * len(at)
    draws, rows = np.zeros(len(cells), DRAW), np.zeros(len(cells), CELL)
    for number, (low, high, first, count) in enumerate(cells):
        draws[number]["first_instance"], draws[number]["instance_count"] = first, count
        rows[number]["bounds_min"], rows[number]["bounds_max"] = low, high
        rows[number]["first_draw"], rows[number]["draw_count"] = number, 1
    solids = np.zeros(boards, SOLID)
    solids["min"] = rng.uniform((-12, 0, -8), (12, 1, 8), (boards, 3))
    solids["max"] = solids["min"] + rng.uniform((0.03, 0.03, 0.03), (2.0, 1.2, 0.3), (boards, 3))
    empty = np.empty(0)
    scene = SceneDescription(
        "", empty, empty, empty, np.zeros(len(bounds), INSTANCE), np.array(bounds),
        np.array(product_of, np.int32), rows, draws, empty, solids, *[empty] * 5,
        ("a", "b", "c"), (), ((-12, 0, -8), (12, 3, 8)), (0, 0, 0),
    )  # fmt: skip
    return scene, np.array(cell_of)


def distances(ray, low, high):
    """How far each box is along a ray, one box after the other; inf where it is missed."""
    found = []
    for box in zip(low.tolist(), high.tolist(), strict=True):
        enter, leave = 0.0, math.inf
        for axis in range(3):
            at, along = float(ray.origin[axis]), float(ray.direction[axis])
            near, far = sorted((side[axis] - at) / along for side in box)
            enter, leave = max(enter, near), min(leave, far)
        found.append(enter if enter <= leave else math.inf)
    return np.array(found)


def by_every_box(scene, ray, reach_m, left_out):
    """What a ray meets first: (row, metres), or None."""
    solids = distances(ray, scene.solids["min"], scene.solids["max"]).min(initial=math.inf)
    units = distances(ray, scene.bounds[:, 0], scene.bounds[:, 1])
    units[scene.product_of < 0] = math.inf
    units[list(left_out)] = math.inf
    row = int(units.argmin())
    if units[row] < min(solids, reach_m):
        return row, float(units[row])
    return (-1, float(solids)) if solids < reach_m else None


def same(hit, wanted):
    if hit is None or wanted is None:
        return hit is None and wanted is None
    return (hit.instance, hit.distance_m) == (wanted[0], pytest.approx(wanted[1], abs=1e-9))


def aimed(rng, scene, origin):
    """A ray from there to about where some unit is, half of the time one of the near ones."""
    middles = scene.bounds.mean(axis=1)
    if rng.random() < 0.5:
        middles = middles[np.linalg.norm(middles - origin, axis=1).argsort()[:60]]
    return ray_towards(origin, rng.choice(middles) + rng.normal(0.0, 0.06, 3))


def place(rng):
    return rng.uniform((-11.5, 0.4, -7.5), (11.5, 1.9, 7.5))


@pytest.mark.parametrize("seed", range(3))
def test_two_hands_meet_what_each_meets_and_what_a_look_at_every_box_finds(seed):
    rng = np.random.default_rng(seed)
    scene, cell_of = a_store(rng)
    index, taken = PickIndex(scene), ()
    met = {"unit": 0, "solid": 0, "nothing": 0, "two things": 0, "a later cell": 0}
    for number in range(180):
        if number % 20 == 5:
            sold = np.flatnonzero(scene.product_of >= 0)
            taken = tuple(rng.choice(sold, len(sold) // 3, replace=False).tolist())
            index.leave_out(taken)
        eye, reach_m = place(rng), REACHES[number % 3]
        other = eye + rng.uniform(-1.1, 1.1, 3)  # less than HANDS_M away
        rays = [aimed(rng, scene, eye), aimed(rng, scene, other)]
        together = index.nearest_of(rays, reach_m)
        assert together == [index.nearest(ray, reach_m) for ray in rays]
        for ray, hit in zip(rays, together, strict=True):
            assert same(hit, by_every_box(scene, ray, reach_m, taken))
            met["nothing"] += hit is None
            met["solid"] += hit is not None and hit.instance < 0
            if hit is not None and hit.instance >= 0:
                met["unit"] += 1
                cells = distances(ray, scene.cells["bounds_min"], scene.cells["bounds_max"])
                met["a later cell"] += cell_of[hit.instance] in np.argsort(cells)[AT_ONCE:]
        met["two things"] += together[0] != together[1]
    assert min(met.values()) > 5, met


@pytest.mark.parametrize("reach_m", REACHES)
def test_rays_that_begin_far_apart_are_each_met_where_they_are(reach_m):
    rng = np.random.default_rng(8)
    scene, _ = a_store(rng)
    index, met = PickIndex(scene), 0
    for _ in range(60):
        origins = [place(rng), place(rng)]
        if math.dist(*origins) <= HANDS_M:
            continue
        rays = [aimed(rng, scene, origin) for origin in origins]
        hits = index.nearest_of(rays, reach_m)
        for ray, hit in zip(rays, hits, strict=True):
            assert same(hit, by_every_box(scene, ray, reach_m, ()))
        met += hits[1] is not None and math.dist(*origins) > NEAR_M
    assert met > 5


def test_no_ray_at_all_and_many_from_one_place():
    rng = np.random.default_rng(9)
    scene, _ = a_store(rng)
    index = PickIndex(scene)
    assert index.nearest_of([], NEAR_M) == []
    rays = [aimed(rng, scene, np.array([0.0, 1.5, 0.0])) for _ in range(12)]
    wanted = [by_every_box(scene, ray, np.inf, ()) for ray in rays]
    assert all(map(same, index.nearest_of(rays, np.inf), wanted))
    assert len(set(wanted)) > 3


def test_where_every_cell_before_it_is_empty_the_last_is_reached():
    """A row of cells; all but the unit in the last of them are in somebody's hand."""
    count = 7
    at = np.array([(0.0, 1.5, -1.0 - n) for n in range(count)])
    bounds = np.stack([at - 0.1, at + 0.1], axis=1).astype(np.float32)
    draws, cells = np.zeros(count, DRAW), np.zeros(count, CELL)
    draws["first_instance"], draws["instance_count"] = np.arange(count), 1
    cells["bounds_min"], cells["bounds_max"] = bounds[:, 0], bounds[:, 1]
    cells["first_draw"], cells["draw_count"] = np.arange(count), 1
    empty = np.empty(0)
    scene = SceneDescription(
        "", empty, empty, empty, np.zeros(count, INSTANCE), bounds, np.zeros(count, np.int32),
        cells, draws, empty, np.zeros(0, SOLID), *[empty] * 5, ("a",), (),
        ((-5, 0, -9), (5, 3, 5)), (0, 0, 0),
    )  # fmt: skip
    index = PickIndex(scene)
    ahead = ray_towards(np.array([0.0, 1.5, 0.0]), at[-1])
    aside = Ray(np.array([0.3, 1.5, 0.0]), np.array([1.0, 0.0, 0.0]))
    for first in range(count):
        index.leave_out(range(first))
        hits = index.nearest_of([ahead, aside], np.inf)
        assert hits == [ProductHit(first, pytest.approx(0.9 + first)), None]
    index.leave_out(range(count))
    assert index.nearest_of([ahead, aside], np.inf) == [None, None]


@pytest.mark.parametrize("seed", range(3))
def test_where_one_was_before_changes_no_answer(seed):
    """Steps, strolls and jumps, asked in turn of one index and each time of a new one."""
    rng = np.random.default_rng(20 + seed)
    scene, _ = a_store(rng)
    index, taken, at = PickIndex(scene), (), place(rng)
    sold = np.flatnonzero(scene.product_of >= 0)
    way, reached, met = [], 0, 0
    for number in range(240):
        if number % 40 == 20:
            taken = tuple(rng.choice(sold, len(sold) // 4, replace=False).tolist())
            index.leave_out(taken)
        step = rng.choice([0.0, 0.05, 0.4, 1.2, 9.0], p=[0.1, 0.5, 0.2, 0.15, 0.05])
        at = np.clip(at + rng.normal(0.0, 1.0, 3) * (step, 0.1 * step, step),
                     (-12, 0.4, -8), (12, 1.9, 8))  # fmt: skip
        if number % 6 == 0:  # a hand on something
            at = scene.bounds[rng.choice(sold)].mean(axis=0) + rng.normal(0.0, 0.07, 3)
        fresh = PickIndex(scene)
        fresh.leave_out(taken)
        far_m = rng.choice([0.3, 1.0, 3.0, 8.0])
        points = at + rng.normal(0.0, far_m, (5, 3))
        way.append(fresh.clear_fraction(at, points))
        assert index.clear_fraction(at, points) == way[-1]
        reach_m = float(rng.choice([0.08, 0.3]))
        found = PickIndex(scene)
        found.leave_out(taken)
        assert index.within(at, reach_m) == found.within(at, reach_m)
        reached += found.within(at, reach_m)[0] >= 0
        ray, short = aimed(rng, scene, at), PickIndex(scene)
        short.leave_out(taken)
        assert index.nearest(ray, NEAR_M) == short.nearest(ray, NEAR_M)
        met += short.nearest(ray, NEAR_M) is not None
    assert 40 < sum(share < 1.0 for share in way) < 235
    assert len(set(way)) > 40
    assert 20 < reached < 220
    assert 40 < met < 235


def test_the_way_that_is_clear_is_that_of_a_look_at_every_box():
    rng = np.random.default_rng(31)
    scene, _ = a_store(rng)
    index, shares = PickIndex(scene), []
    at = place(rng)
    for _ in range(60):
        at = np.clip(at + rng.normal(0.0, 0.25, 3) * (1, 0.2, 1), (-12, 0.4, -8), (12, 1.9, 8))
        points = at + rng.normal(0.0, 1.5, (4, 3))
        least = 1.0
        for point in points:
            away_m, ray = float(np.linalg.norm(point - at)), ray_towards(at, point)
            units = distances(ray, scene.bounds[:, 0], scene.bounds[:, 1])
            solids = distances(ray, scene.solids["min"], scene.solids["max"])
            every = min(units[scene.product_of >= 0].min(), solids.min())
            if 0.0 < every < away_m:
                least = min(least, every / away_m)
        shares.append(least)
        assert index.clear_fraction(at, points) == pytest.approx(least, abs=1e-9)
    assert 10 < sum(share < 1.0 for share in shares) < 58
