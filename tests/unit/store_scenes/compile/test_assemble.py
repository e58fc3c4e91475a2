"""Units as the compiler puts them in order: quick ways give what plain ones do."""

import numpy as np
import pytest
from box_stores import compiled, product, store

from store_scenes.compile.assemble import _order, _rows
from store_scenes.compile.boards import _STRETCH, sides
from store_scenes.compile.scene import INSTANCE
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.faces import art_faces
from store_scenes.fixtures.shapes import STEEL_DARK
from store_scenes.layout.documents import Position, Shelf


@pytest.mark.parametrize("most", [5, 2**40, 2**61])
def test_numbers_are_ordered_and_equal_ones_stay_as_they_were(most):
    key = np.random.default_rng(1).integers(0, most, 1000)
    key[::3] = most  # the last does not fit beside its place
    order, values = _order(key)
    assert order.tolist() == np.argsort(key, kind="stable").tolist()
    assert values.tolist() == np.sort(key).tolist()


def test_whole_records_are_taken():
    table = np.zeros(5, INSTANCE)
    table["id"], table["rotation"][:, 3] = np.arange(5), np.arange(5) / 8
    order = np.array([3, 0, 0, 4])
    assert _rows(table, order).tobytes() == table[order].tobytes()


def test_each_point_finds_its_board_wherever_it_comes_in_the_list():
    boards = np.array(
        [((-2.0, 0.0, -0.01), (2.0, 2.0, 0.01)), ((4.0, 0.0, -1.0), (4.02, 2.0, 1.0))]
    )
    near = [(0.5, 0.3), (0.5, -0.3), (3.8, 0.5), (4.3, 0.5), (2.5, 0.2), (9.0, 9.0)]
    # Between them, more that is near to nothing than one stretch holds.
    points = [one for spot in near for one in (spot, *[(50.0, 50.0)] * _STRETCH)]
    side, away = sides(np.array(points).T.copy(), boards)
    assert side[:: _STRETCH + 1].tolist() == [2, 1, 3, 4, 0, 0]
    assert away[:: _STRETCH + 1][:4] == pytest.approx([0.3, 0.3, 0.21, 0.29])
    assert not np.delete(side, np.s_[:: _STRETCH + 1]).any()


def test_labels_are_pushed_apart_and_the_last_ones_back():
    goods = [product(f"s{n}", 30.0, 100.0) for n in range(24)]
    scene = compiled(store((Shelf(300.0, tuple(Position(one.sku) for one in goods)),), goods))
    labels = np.sort(scene.labels["centre"][:, 0].astype(float))
    wide = float(scene.labels["size"][0, 0])
    # A rail of a metre has room for 23 of the narrowest.
    assert (len(labels), wide) == (23, pytest.approx(0.040))
    assert np.all(np.diff(labels) >= wide + 0.002 - 1e-6)
    assert labels[-1] + wide / 2.0 <= 0.5 + 1e-6


def test_a_sheet_is_made_once_and_cannot_be_changed():
    one, other = (
        art_faces(
            Artwork("board", detail=style), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0),
            STEEL_DARK, both=True,
        )[0][0]
        for style in ("plain", "bakery")
    )  # fmt: skip
    assert one is other
    with pytest.raises(ValueError, match="read-only"):
        one.vertices["position"] += 1.0
