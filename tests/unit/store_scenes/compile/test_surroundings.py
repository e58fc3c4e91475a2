"""The room, its signs and the street, from the documents alone: no product, no drawing."""

import msgspec
import numpy as np
import pytest

from store_scenes.compile.audit import audit
from store_scenes.compile.compiler import compile_with
from store_scenes.compile.room.hall import hall_of
from store_scenes.compile.room.overhead import light_rows, place_lights
from store_scenes.compile.room.sheets import edges
from store_scenes.compile.signs import aisle_width, free_place
from store_scenes.compile.surroundings import build_surroundings
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Shelf,
    StoreDocument,
    StoreLayout,
    Zone,
)
from store_scenes.models.mesh import ART_SIZE

ART = np.full((ART_SIZE, ART_SIZE, 4), 200, dtype=np.uint8)
FLOOR = Floor(12_000.0, 10_000.0, 3_200.0, 500.0, 4_300.0, shop_front=True)
AISLES = tuple(
    Aisle(name, {"ko": f"통로 {name}", "en": f"Aisle {name}"}, (x, 2_000.0, x, -3_000.0))
    for name, x in (("a", -1_500.0), ("b", 1_500.0))
)
RUNS = tuple(
    FixturePlacement(f"run-{x:g}", "gondola", "a", x, -1_000.0, ("bay",), ("bay",), yaw_deg=90.0)
    for x in (-3_000.0, 0.0, 3_000.0)
)
ZONES = (
    Zone("z1", {"en": "Chilled"}, 0.0, -4_400.0, 6_000.0, 1_200.0, "chilled"),
    Zone("z2", {"en": "Fresh"}, -5_200.0, 0.0, 1_600.0, 4_000.0, "produce"),
    Zone("z3", {"en": "Tills"}, 3_000.0, 3_900.0, 4_000.0, 2_000.0, "tills"),
)


def layout(**store):
    document = StoreDocument(
        1, "s", {"ko": "가게", "en": "Shop"}, "ko-KR", "KRW", "catalog.csv", FLOOR, AISLES, RUNS,
        ZONES,
    )  # fmt: skip
    bay = Planogram("Bay", 3_000.0, (Shelf(150.0), Shelf(600.0)))
    return StoreLayout("v", msgspec.structs.replace(document, **store), {"bay": bay})


def boxes(decor):
    """(n, 2, 3) scene-space bounds of each place of one decor."""
    turn = np.radians(decor.yaw_deg)
    matrix = np.array(
        [[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]]
    )
    points = decor.part.vertices["position"].astype(float) @ matrix.T
    low, high = points.min(axis=0), points.max(axis=0)
    return np.stack([decor.position + low, decor.position + high], axis=1)


def of_kind(around, kind):
    return [one for one in around.decor if one.artwork is not None and one.artwork.kind == kind]


def test_each_aisle_has_a_numbered_sign_at_its_start_as_wide_as_the_aisle_allows():
    around = build_surroundings(layout())
    signs = of_kind(around, "aisle")
    assert [one.artwork.detail for one in signs] == ["1", "2"]
    for one, x in zip(signs, (-1.5, 1.5), strict=True):
        (box,) = boxes(one)
        assert box.mean(axis=0)[[0, 2]] == pytest.approx([x, 2.0], abs=1e-6)
        # 3 m between the runs' middles less 900 mm of a run: 2.1 m, of which a sign takes 1.9.
        assert box[1, 0] - box[0, 0] == pytest.approx(1.9)
        assert box[0, 1] >= 2.15
        assert one.yaw_deg == 0.0
    assert [(line.start, line.end) for line in around.lines] == [
        ((-1.5, 2.0), (-1.5, -3.0)), ((1.5, 2.0), (1.5, -3.0)),
    ]  # fmt: skip


def test_the_free_width_of_an_aisle_is_measured_between_its_fixtures():
    along = np.array([0.0, -1.0])
    assert aisle_width(layout(), np.array([-1.5, -1.0]), along) == pytest.approx(2.1)
    assert aisle_width(layout(), np.array([-1.2, -1.0]), along) == pytest.approx(1.5)
    assert aisle_width(layout(fixtures=()), np.array([0.0, 0.0]), along) == pytest.approx(5.0)


def test_zones_are_named_on_their_wall_or_over_them():
    boards = of_kind(build_surroundings(layout()), "board")
    pieces = {}
    for one in boards:
        pieces.setdefault(one.artwork.names[0][1], []).append(boxes(one)[0].mean(axis=0))
    at = {name: np.mean(middles, axis=0) for name, middles in pieces.items()}
    assert at["Chilled"][2] == pytest.approx(-5.0, abs=0.06)
    assert at["Fresh"][0] == pytest.approx(-6.0, abs=0.06)
    # The nearest wall of the tills is the shop front, so their board hangs over them.
    assert at["Tills"][[0, 2]] == pytest.approx([3.0, 3.9], abs=0.02)


def test_boards_on_one_wall_move_aside_or_stay_away():
    assert free_place(0.0, 2.0, 5.0, []) == 0.0
    assert free_place(0.0, 2.0, 5.0, [(-1.0, 1.0)]) in (-2.0, 2.0)
    assert free_place(0.5, 2.0, 5.0, [(-1.0, 1.0)]) == 2.0
    assert free_place(4.8, 2.0, 4.0, []) == 4.0
    assert free_place(0.0, 2.0, 1.5, [(-1.0, 1.0)]) is None
    assert free_place(0.0, 2.0, -0.1, []) is None


def test_light_runs_over_each_aisle_and_leaves_no_wide_gap():
    rows = light_rows([-1.5, 1.5], 6.0)
    assert -1.5 in rows
    assert 1.5 in rows
    assert max(np.diff(rows)) <= 3.4
    assert rows[0] < -6.0 + 2.2
    assert rows[-1] > 6.0 - 2.2
    lights = place_lights(hall_of(FLOOR), AISLES)
    assert sorted(set(lights["centre"][:, 0].tolist())) == pytest.approx(rows)
    assert lights["half_size"].tolist() == [pytest.approx([0.15, 0.6])] * len(lights)
    across = tuple(msgspec.structs.replace(a, line_mm=(-2e3, 0.0, 2e3, 0.0)) for a in AISLES)
    turned = place_lights(hall_of(FLOOR), across)
    assert turned["half_size"].tolist() == [pytest.approx([0.6, 0.15])] * len(turned)
    assert np.all(np.abs(turned["centre"][:, 0]) < 6.0)


def test_every_spot_of_the_floor_is_covered_once_in_its_zones_finish():
    floors = of_kind(build_surroundings(layout()), "floor")
    area = {}
    for one in floors:
        points = one.part.vertices["position"].reshape(-1, 4, 3)
        size = points.max(axis=1) - points.min(axis=1)
        area[one.artwork.detail] = float((size[:, 0] * size[:, 2]).sum())
        uv = one.part.vertices["uv"]
        assert uv.min() >= -1e-5
        assert uv.max() <= 1.0 + 1e-5
    assert area["chilled"] == pytest.approx(7.2, rel=1e-5)
    assert area["produce"] == pytest.approx(6.4, rel=1e-5)
    assert area["tills"] == pytest.approx(8.0, rel=1e-5)
    assert sum(area.values()) == pytest.approx(120.0, rel=1e-5)


def test_a_sheet_is_cut_at_its_squares_and_where_asked():
    assert edges(-1.0, 1.5, 1.0, [0.25, 9.0]).tolist() == [-1.0, 0.0, 0.25, 1.0, 1.5]
    assert edges(0.0, 1.0, 5.0).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("yaw", [0.0, 90.0, 180.0, 270.0])
def test_a_shop_front_opens_on_a_street_behind_whoever_arrives(yaw):
    floor = msgspec.structs.replace(
        FLOOR, width_mm=11_000.0, depth_mm=11_000.0, entrance_yaw_deg=yaw,
        entrance_x_mm=0.0, entrance_z_mm=0.0,
    )  # fmt: skip
    around = build_surroundings(layout(floor=floor, zones=(), aisles=(), fixtures=()))
    streets = of_kind(around, "street")
    assert len(streets) >= 3
    middle = np.mean([boxes(one).mean(axis=(0, 1)) for one in streets], axis=0)
    behind = np.array([np.sin(np.radians(yaw)), np.cos(np.radians(yaw))])
    assert middle[[0, 2]] @ behind > 9.0
    tiles = {one.artwork.tile for one in streets}
    assert {number for number, _ in tiles} == set(range(next(iter(tiles))[1]))
    for one in streets:
        assert np.all(one.part.vertices["colour"][:, 3] == 0)
    plain = msgspec.structs.replace(floor, shop_front=False)
    closed = build_surroundings(layout(floor=plain, zones=(), aisles=(), fixtures=()))
    assert of_kind(closed, "street") == []


def test_the_walls_stand_as_solids_with_and_without_a_shop_front():
    for glazed in (True, False):
        floor = msgspec.structs.replace(FLOOR, shop_front=glazed)
        solids = build_surroundings(layout(floor=floor)).solids
        assert solids.shape == (5, 2, 3)
        assert solids[:, 0].min(axis=0) == pytest.approx([-6.1, -0.1, -5.1])


@pytest.mark.parametrize("high", [2_200.0, 2_600.0, 3_200.0, 6_000.0])
def test_nothing_that_hangs_reaches_out_of_the_room(high):
    floor = msgspec.structs.replace(FLOOR, height_mm=high)
    scene = compile_with(layout(floor=floor), (), None, lambda _: ART, lambda *_: None)
    assert audit(scene) == []


def test_the_audit_finds_a_sign_in_the_ceiling():
    scene = compile_with(layout(), (), None, lambda _: ART, lambda *_: None)
    hangs = np.flatnonzero((scene.bounds[:, 0, 1] > 2.1) & (scene.bounds[:, 0, 1] < 2.8))
    inside = [row for row in hangs if np.all(np.abs(scene.bounds[row, :, 2]) < 4.0)]
    scene.bounds[inside[0], 1, 1] += 1.0
    assert len(audit(scene)) == 1


def test_a_room_too_small_for_a_door_or_too_low_for_signs_still_stands():
    tiny = Floor(1_000.0, 1_000.0, 1_500.0, shop_front=True)
    around = build_surroundings(layout(floor=tiny, zones=(), fixtures=()))
    assert of_kind(around, "aisle") == []
    assert of_kind(around, "street") == []
    assert len(around.lines) == 2


def test_pictures_hang_where_no_furniture_stands_before_them():
    free = of_kind(build_surroundings(layout(fixtures=())), "poster")
    assert len(free) > 6
    by_wall = FixturePlacement("w", "gondola", "a", -5_700.0, 0.0, ("bay",) * 3, yaw_deg=90.0)
    kept = of_kind(build_surroundings(layout(fixtures=(by_wall,))), "poster")
    left = [one for one in kept if boxes(one)[0, 0, 0] < -5.9 and one.yaw_deg == 90.0]
    assert left == []
    assert len(kept) == len([one for one in free if one.yaw_deg != 90.0])
