"""Every fixture type of the registry, held to the contract in `store_scenes.fixtures.fixture`."""

import msgspec
import numpy as np
import pytest

from store_scenes.fixtures.registry import FIXTURE_TYPES
from store_scenes.fixtures.shapes import slope_matrix, yaw_matrix
from store_scenes.layout.documents import FixturePlacement, Planogram, Position, Shelf
from store_scenes.layout.measures import MEASURES, footprint
from store_scenes.models.mesh import VERTEX

PROUD_M = 0.005
TYPES = sorted(FIXTURE_TYPES)


CARRYING = [kind for kind in TYPES if MEASURES[kind].carries]
SIZES = {"freezer": (900.0, 800.0), "produce": (1800.0, 1100.0), "till": (2200.0, 1300.0),
         "chiller": (2050.0, 850.0), "bin": (900.0, 600.0), "poster-wall": (2200.0, 200.0),
         "sign": (1800.0, 400.0), "door": (2100.0, 120.0), "island": (1500.0, 900.0),
         "wall-rack": (2000.0, 300.0)}  # fmt: skip


def placed(kind, back=False, names=None, **said):
    measures = MEASURES[kind]
    heights = (120.0, 500.0, 900.0) if measures.shelves_max > 1 else (450.0,)
    if said:
        heights = tuple(height + 300.0 for height in heights)
    shelves = tuple(Shelf(height, (Position("a"),), **said) for height in heights)
    planograms = {name: Planogram(name, 1000.0, shelves) for name in ("one", "two", "three")}
    bays = ("one", "two")[: measures.planograms[1]]
    behind = ("three",) if back and measures.two_sided else ()
    height, depth = SIZES.get(kind, (2000.0, 450.0))
    placement = FixturePlacement(
        "f-7", kind, "aisle", 700.0, -300.0, bays, behind, height_mm=height, depth_mm=depth,
        width_mm=0.0 if measures.carries else 2000.0, names=names or {},
    )  # fmt: skip
    built = FIXTURE_TYPES[kind](placement, planograms, 3200.0)
    return placement, planograms, built


def points(piece):
    yaw = np.radians(piece.yaw_deg)
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    if piece.slope_deg:
        turn = turn @ slope_matrix(piece.slope_deg)
    return piece.part.vertices["position"].astype(float) @ turn.T + np.array(piece.position)


def test_the_registry_and_the_measures_have_the_same_types():
    assert set(FIXTURE_TYPES) == set(MEASURES)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("kind", TYPES)
def test_everything_stays_over_the_footprint(kind, back):
    placement, planograms, built = placed(kind, back, {"ko": "특가", "en": "Offer"})
    area = footprint(placement, planograms, MEASURES[kind])
    half = np.array([area.width_mm, area.depth_mm]) / 2000.0
    for piece in built.pieces:
        reach = np.abs(points(piece)[:, [0, 2]]).max(axis=0)
        assert np.all(reach <= half + PROUD_M)
        assert points(piece)[:, 1].min() >= -1e-6
        assert points(piece)[:, 1].max() <= 2.3
    assert np.all(np.abs(built.solids[:, :, [0, 2]]) <= half + 1e-6)
    assert built.solids[:, :, 1].min() == pytest.approx(0.0)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("kind", CARRYING)
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


@pytest.mark.parametrize("kind", CARRYING)
def test_nothing_solid_reaches_into_the_room_above_a_shelf(kind):
    _, _, built = placed(kind, back=True)
    for surface in built.surfaces:
        sign = 1.0 if surface.yaw_deg == 0.0 else -1.0
        corner = np.array(surface.corner)
        far = np.add(corner, (sign * surface.width, surface.clearance, -sign * surface.depth))
        low, high = np.minimum(corner, far), np.maximum(corner, far)
        reach = np.minimum(high, built.solids[:, 1]) - np.maximum(low, built.solids[:, 0])
        assert not np.any(np.all(reach > 1e-6, axis=1))


@pytest.mark.parametrize("said", [
    {"thickness_mm": 18.0}, {"thickness_mm": 90.0}, {"slope_deg": 18.0},
    {"slope_deg": 12.0, "thickness_mm": 30.0}, {"slope_deg": -12.0},
])  # fmt: skip
@pytest.mark.parametrize("kind", CARRYING)
def test_thick_and_leaning_shelves_stay_over_the_footprint_and_out_of_the_room(kind, said):
    placement, planograms, built = placed(kind, back=True, **said)
    area = footprint(placement, planograms, MEASURES[kind])
    half = np.array([area.width_mm, area.depth_mm]) / 2000.0
    for piece in built.pieces:
        assert np.all(np.abs(points(piece)[:, [0, 2]]).max(axis=0) <= half + PROUD_M)
    assert np.all(np.abs(built.solids[:, :, [0, 2]]) <= half + 1e-6)
    assert np.all(built.solids[:, 0] < built.solids[:, 1])
    for surface in built.surfaces:
        leans = MEASURES[kind].slopes and "slope_deg" in said
        assert surface.slope_deg == (said["slope_deg"] if leans else 0.0)
        turn = yaw_matrix(surface.yaw_deg) @ slope_matrix(surface.slope_deg)
        # Points of the room over the surface, from just above it to just under what is above.
        for up in (0.0005, surface.clearance - 0.0005):
            for across in (0.01, surface.width / 2.0, surface.width - 0.01):
                for into in (0.01, surface.depth / 2.0, surface.depth - 0.002):
                    at = np.array(surface.corner) + turn @ (across, up, -into)
                    inside = np.all((built.solids[:, 0] < at) & (at < built.solids[:, 1]), axis=1)
                    behind = abs(at[2]) < half[1] and surface.slope_deg < 0.0
                    assert not inside.any() or behind


@pytest.mark.parametrize("kind", [kind for kind in CARRYING if MEASURES[kind].slopes])
def test_a_leaning_shelf_is_drawn_as_a_board_under_its_surface(kind):
    _, _, built = placed(kind, slope_deg=15.0, thickness_mm=30.0)
    boards = [piece for piece in built.pieces if piece.slope_deg]
    for surface in built.surfaces:
        turn = yaw_matrix(surface.yaw_deg) @ slope_matrix(surface.slope_deg)
        corners = [np.array(surface.corner) + turn @ (x, 0.0, -into)
                   for x in (0.0, surface.width) for into in (0.0, surface.depth)]  # fmt: skip
        own = [(points(piece) - corners[0]) @ turn for piece in boards]
        # Of one board the top is the surface: no higher, and as wide and as deep.
        fits = [
            abs(part[:, 1].max()) < 1e-6
            and part[:, 0].min() <= 1e-6
            and part[:, 0].max() >= surface.width - 1e-6
            and part[:, 2].min() <= 1e-6 - surface.depth
            and abs(part[:, 1].min() + 0.042) < 1e-3
            for part in own
        ]
        assert sum(fits) == 1


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


@pytest.mark.parametrize("kind", CARRYING)
def test_missing_planograms_are_left_out(kind):
    placement, planograms, built = placed(kind)
    more = msgspec.structs.replace(placement, planograms=(*placement.planograms, "gone"))
    again = FIXTURE_TYPES[kind](more, planograms, 3200.0)
    assert again.surfaces == built.surfaces
    none = msgspec.structs.replace(placement, planograms=("gone",))
    assert FIXTURE_TYPES[kind](none, planograms, 3200.0).surfaces == ()


def test_the_tiers_of_a_produce_stand_rise_backwards():
    _, _, built = placed("produce")
    one = [surface for surface in built.surfaces if surface.planogram == "one"]
    front = [surface.corner[2] for surface in one]
    # 1,100 mm less 40 behind and 26 before each of three: 327.3 for each tier.
    assert [surface.depth for surface in one] == pytest.approx([0.98200 / 3] * 3)
    assert front == pytest.approx(
        [0.524, 0.524 - 0.98200 / 3 - 0.026, 0.524 - 2 * (0.98200 / 3 + 0.026)]
    )
    assert [surface.clearance for surface in one] == pytest.approx([3.08, 2.7, 2.3])


def test_heads_limit_what_the_top_shelf_may_carry():
    assert placed("endcap")[2].surfaces[-1].clearance == pytest.approx(2.0 - 0.3 - 0.9)
    assert placed("chiller")[2].surfaces[-1].clearance == pytest.approx(2.05 - 0.27 - 0.9)
    assert placed("freezer")[2].surfaces[-1].clearance == pytest.approx(0.45)


@pytest.mark.parametrize("kind", ["endcap", "chiller", "produce", "gondola"])
def test_a_header_shows_the_names_and_is_not_there_without(kind):
    def headers(names):
        return [p.artwork for p in placed(kind, names=names)[2].pieces if p.artwork
                and p.artwork.kind == "header"]  # fmt: skip

    assert headers({}) == []
    assert {art.names for art in headers({"en": "Two for one"})} == {(("en", "Two for one"),)}


def test_a_till_shows_the_number_of_its_id():
    _, _, built = placed("till")
    (lane,) = {p.artwork.detail for p in built.pieces if p.artwork and p.artwork.kind == "lane"}
    assert lane == "7"
    assert sum(1 for p in built.pieces if p.artwork and p.artwork.kind == "screen") == 1


@pytest.mark.parametrize("kind", ["chiller", "endcap", "freezer", "till"])
def test_lights_shine_by_themselves(kind):
    _, _, built = placed(kind)
    assert min(int(p.part.vertices["colour"][:, 3].min()) for p in built.pieces) <= 15
