import pytest

from catalog_sync.model.failure import Failure
from store_scenes.layout.documents import Handling, Pack
from store_scenes.layout.handling import read_handling, write_handling

PACKS = (
    Pack("tray", (300.0, 100.5, 200.0), 3, 1, 2),
    Pack("case", (1.0, 2.0, 3.0), units=24),
)
ROWS = [
    Handling("0001", PACKS),
    Handling("b", hangs=True, peg_hole_x_mm=40.0, facings_min=1, facings_max=4, units_a_day=2.5),
    Handling("c"),
]


def test_what_is_written_reads_back():
    assert read_handling(write_handling(ROWS), "h.csv") == {row.sku: row for row in ROWS}


def test_only_columns_that_are_used_are_written():
    assert write_handling(ROWS[2:]) == b"sku\nc\n"
    assert write_handling(ROWS[1:2]).splitlines()[0] == (
        b"sku,hangs,peg_hole_x_mm,facings_min,facings_max,units_a_day"
    )


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"name\nx\n", "no column named sku"),
        (b"sku,colour\na,b\n", "no column is named 'colour'"),
        (b"sku\n\xff\n", "line 2: not UTF-8"),
        (b"sku\na\na\n", "line 3: 'a' came before"),
        (b"sku,facings_min\na,many\n", "is 'many', which is no number"),
        (b"sku,facings_min\na,nan\n", "is 'nan'; use 0 to"),
        (b"sku,tray_width_mm\na,3\n", "the tray of a needs"),
        (b'sku\n"a', "not a CSV file"),
    ],
)
def test_what_does_not_read_is_one_sentence(raw, sentence):
    with pytest.raises(Failure, match=sentence) as told:
        read_handling(raw, "h.csv")
    assert "\n" not in str(told.value)
