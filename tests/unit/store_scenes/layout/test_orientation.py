import itertools

import pytest

from store_scenes.layout.orientation import AXES, ORIENTATIONS, turned


def test_there_are_the_24_proper_rotations_each_once():
    assert len(ORIENTATIONS) == len(set(AXES.values())) == 24
    for matrix in AXES.values():
        (a, b, c), (d, e, f), (g, h, i) = matrix
        assert a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) == 1


def test_the_codes_of_the_trade_are_the_places_in_the_table():
    names = ("front", "left", "top-90", "base", "base-270")
    assert [ORIENTATIONS.index(name) for name in names] == [0, 2, 5, 10, 23]


@pytest.mark.parametrize(
    ("orientation", "face"),
    [
        ("front", (0, 0, 1)),
        ("left", (-1, 0, 0)),
        ("right", (1, 0, 0)),
        ("back", (0, 0, -1)),
        ("top", (0, 1, 0)),
        ("base", (0, -1, 0)),
    ],
)
def test_the_named_face_is_what_the_shopper_sees_at_every_turn(orientation, face):
    for turn in ("", "-90", "-180", "-270"):
        towards = [
            sum(m * f for m, f in zip(row, face, strict=True)) for row in AXES[orientation + turn]
        ]
        assert towards == [0, 0, 1]


def test_a_quarter_turn_is_clockwise():
    # The product's top points to the shopper's right.
    assert [row[1] for row in AXES["front-90"]] == [1, 0, 0]
    assert [row[1] for row in AXES["front-270"]] == [-1, 0, 0]


def test_sizes_turn_with_the_box():
    size = (10.0, 20.0, 30.0)
    assert turned(size, "front") == size
    assert turned(size, "front-90") == (20.0, 10.0, 30.0)
    assert turned(size, "left") == (30.0, 20.0, 10.0)
    assert turned(size, "top") == (10.0, 30.0, 20.0)
    assert turned(size, "base-90") == (30.0, 10.0, 20.0)
    for orientation in ORIENTATIONS:
        assert sorted(turned(size, orientation)) in map(sorted, itertools.permutations(size))
