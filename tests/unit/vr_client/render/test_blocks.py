"""Blocks of quads: none is lost, none is drawn twice, and gaps are left out."""

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.small_scene import small_scene
from vr_client.render.blocks import label_blocks, label_bounds, runs_of, units_of_cells


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40))
def test_runs_cover_exactly_the_rows_of_seen_blocks(blocks):
    count = np.array([size for size, _ in blocks], dtype=np.int64)
    seen = np.array([shown for _, shown in blocks], dtype=bool)
    first = np.concatenate([[0], np.cumsum(count)])[:-1].astype(np.int64)
    begins, counts = runs_of(first, count, seen)
    drawn = [row for a, n in zip(begins, counts, strict=True) for row in range(a, a + n)]
    wanted = [
        row
        for a, n, shown in zip(first, count, seen, strict=True)
        if shown
        for row in range(a, a + n)
    ]
    assert drawn == wanted
    assert all(a + n < b for a, n, b in zip(begins, counts, begins[1:], strict=False))


def test_every_unit_for_sale_belongs_to_one_cell():
    scene = small_scene()
    first, count = units_of_cells(scene)
    rows = [row for a, n in zip(first, count, strict=True) for row in range(a, a + n)]
    assert sorted(rows) == list(range(int((scene.product_of >= 0).sum())))


def test_every_label_is_in_one_block_and_inside_its_bounds():
    scene = small_scene()
    order, first, count = label_blocks(scene)
    assert sorted(order.tolist()) == list(range(len(scene.labels)))
    assert count.sum() == len(scene.labels)
    low, high = label_bounds(scene)
    for block, (begin, size) in enumerate(zip(first, count, strict=True)):
        for label in scene.labels[order[begin : begin + size]]:
            for across in (-0.5, 0.5):
                for up in (-0.5, 0.5):
                    corner = (
                        label["centre"]
                        + label["right"] * label["size"][0] * across
                        + label["up"] * label["size"][1] * up
                    )
                    assert (low[block] <= corner).all()
                    assert (corner <= high[block]).all()


def test_a_store_without_labels_has_no_blocks():
    scene = small_scene()
    bare = dataclasses.replace(scene, labels=scene.labels[:0])
    assert all(len(part) == 0 for part in (*label_blocks(bare), *label_bounds(bare)))
