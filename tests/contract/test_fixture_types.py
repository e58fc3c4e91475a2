"""Every fixture type of the registry, held to the contract in `store_scenes.fixtures.fixture`."""

import msgspec
import numpy as np
import pytest

from store_scenes.fixtures.registry import FIXTURE_TYPES
from store_scenes.layout.documents import FixturePlacement, Planogram, Position, Shelf
from store_scenes.layout.measures import MEASURES, footprint
from store_scenes.models.mesh import VERTEX

PROUD_M = 0.005
TYPES = sorted(FIXTURE_TYPES)


def placed(kind, back=False):
    measures = MEASURES[kind]
    heights = (780.0,) if measures.one_surface else (120.0, 500.0, 900.0)
    shelves = tuple(Shelf(height, (Position("a"),)) for height in heights)
    planograms = {name: Planogram(name, 1000.0, shelves) for name in ("one", "two", "three")}
    names = ("one",) if measures.one_surface else ("one", "two")
    behind = ("three",) if back and measures.two_sided else ()
    placement = FixturePlacement("f", kind, "aisle", 700.0, -300.0, names, behind)
    built = FIXTURE_TYPES[kind](placement, planograms, 3200.0)
    return placement, planograms, built


def points(piece):
    yaw = np.radians(piece.yaw_deg)
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    return piece.part.vertices["position"].astype(float) @ turn.T + np.array(piece.position)


def test_the_registry_and_the_measures_have_the_same_types():
    assert set(FIXTURE_TYPES) == set(MEASURES)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("kind", TYPES)
def test_everything_stays_over_the_footprint(kind, back):
    placement, planograms, built = placed(kind, back)
    area = footprint(placement, planograms, MEASURES[kind])
    half = np.array([area.width_mm, area.depth_mm]) / 2000.0
    for piece in built.pieces:
        reach = np.abs(points(piece)[:, [0, 2]]).max(axis=0)
        assert np.all(reach <= half + PROUD_M)
        assert points(piece)[:, 1].min() >= -1e-6
    assert np.all(np.abs(built.solids[:, :, [0, 2]]) <= half + 1e-6)
    assert built.solids[:, :, 1].min() == pytest.approx(0.0)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("kind", TYPES)
def test_each_shelf_has_a_surface_that_a_solid_carries(kind, back):
    placement, planograms, built = placed(kind, back)
    keys = (*placement.planograms, *placement.back_planograms)
    wanted = {(key, row) for key in keys for row in range(len(planograms[key].shelves))}
    assert {(one.planogram, one.shelf) for one in built.surfaces} == wanted
    assert len(built.surfaces) == len(wanted)
    for surface in built.surfaces:
        sign = 1.0 if surface.yaw_deg == 0.0 else -1.0
        for across in (0.001, surface.width - 0.001):
            for into in (0.001, surface.depth - 0.001):
                at = np.add(surface.corner, (sign * across, 0.0, -sign * into))
                under = np.all(
                    (built.solids[:, 0, [0, 2]] <= at[[0, 2]])
                    & (built.solids[:, 1, [0, 2]] >= at[[0, 2]]),
                    axis=1,
                )
                tops = built.solids[under, 1, 1]
                assert np.abs(tops - at[1]).min() < 1e-9
        assert surface.clearance > 0.1


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_solid_reaches_into_the_room_above_a_shelf(kind):
    _, _, built = placed(kind, back=True)
    for surface in built.surfaces:
        sign = 1.0 if surface.yaw_deg == 0.0 else -1.0
        corner = np.array(surface.corner)
        far = np.add(corner, (sign * surface.width, surface.clearance, -sign * surface.depth))
        low, high = np.minimum(corner, far), np.maximum(corner, far)
        reach = np.minimum(high, built.solids[:, 1]) - np.maximum(low, built.solids[:, 0])
        assert not np.any(np.all(reach > 1e-6, axis=1))


@pytest.mark.parametrize("kind", TYPES)
def test_meshes_are_whole(kind):
    _, _, built = placed(kind, back=True)
    for piece in built.pieces:
        part = piece.part
        assert part.vertices.dtype == VERTEX
        assert part.indices.dtype == np.uint32
        assert part.indices.max() < len(part.vertices)
        assert len(part.indices) % 3 == 0
        lengths = np.linalg.norm(part.vertices["normal"], axis=1)
        np.testing.assert_allclose(lengths, 1.0, atol=1e-5)
        corners = part.vertices["position"][part.indices.reshape(-1, 3)].astype(float)
        normals = part.vertices["normal"][part.indices.reshape(-1, 3)].astype(float).mean(axis=1)
        facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert np.all(np.sum(facing * normals, axis=1) >= 0.0)


@pytest.mark.parametrize("kind", TYPES)
def test_missing_planograms_are_left_out(kind):
    placement, planograms, built = placed(kind)
    more = msgspec.structs.replace(placement, planograms=(*placement.planograms, "gone"))
    again = FIXTURE_TYPES[kind](more, planograms, 3200.0)
    assert again.surfaces == built.surfaces
    none = msgspec.structs.replace(placement, planograms=("gone",))
    assert FIXTURE_TYPES[kind](none, planograms, 3200.0).surfaces == ()
