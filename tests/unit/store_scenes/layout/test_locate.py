import pytest

from store_scenes.layout.locate import line_of

TEXT = """name = "a { b = [" # sku = "no"
[floor]
width_mm = 5
[[shelves]]
height_mm = 1
positions = [
  { sku = "a" }, { sku = "b" },
  { sku = "c", note = "}" },
]
[[shelves]]
height_mm = 2
[[shelves.positions]]
sku = "d"
[[shelves.positions]]
sku = "e"
[[aisles]]
names.ko = "x"
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("name", 1),
        ("floor.width_mm", 3),
        ("shelves[0]", 4),
        ("shelves[0].height_mm", 5),
        ("shelves[0].positions", 6),
        ("shelves[0].positions[0].sku", 7),
        ("shelves[0].positions[1].sku", 7),
        ("shelves[0].positions[2].sku", 8),
        ("shelves[1].height_mm", 11),
        ("shelves[1].positions[0]", 12),
        ("shelves[1].positions[1].sku", 15),
        ("aisles[0].names", 17),
        ("shelves[0].missing", 4),
        ("shelves[9]", 0),
        ("nowhere", 0),
        ("", 0),
    ],
)
def test_lines(where, line):
    assert line_of(TEXT, where) == line
