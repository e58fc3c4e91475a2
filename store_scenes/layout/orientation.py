"""The 24 ways in which a box can stand square on a shelf, and what each does to its size.

A product's own axes: x to its right, y up, z out of its front. An orientation says which of its
faces the shopper sees, and how far that face is turned clockwise as the shopper sees it: `top` is
the box tipped forward until its top shows, its front below; `base` tipped backward until its
bottom shows, its front above; `left` and `right` turned about their height. Source: the trade's
planogram files, whose codes 0 to 23 name the same (docs/planograms.md).
"""

from typing import Literal, get_args

Orientation = Literal[
    "front", "front-90", "left", "left-90", "top", "top-90",
    "back", "back-90", "right", "right-90", "base", "base-90",
    "front-180", "front-270", "left-180", "left-270", "top-180", "top-270",
    "back-180", "back-270", "right-180", "right-270", "base-180", "base-270",
]  # fmt: skip
"""In the order of the trade's codes: `ORIENTATIONS.index(name)` is the code."""

ORIENTATIONS: tuple[Orientation, ...] = get_args(Orientation)

Axes = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]
"""Rows of a rotation matrix with entries -1, 0, 1: shelf axes = matrix @ product axes."""

Size = tuple[float, float, float]

_FACES: dict[str, Axes] = {
    "front": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "left": ((0, 0, 1), (0, 1, 0), (-1, 0, 0)),
    "right": ((0, 0, -1), (0, 1, 0), (1, 0, 0)),
    "back": ((-1, 0, 0), (0, 1, 0), (0, 0, -1)),
    "top": ((1, 0, 0), (0, 0, -1), (0, 1, 0)),
    "base": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
}

_CLOCKWISE: Axes = ((0, 1, 0), (-1, 0, 0), (0, 0, 1))
"""A quarter turn clockwise as the shopper sees it, who looks along -z."""


def _times(one: Axes, two: Axes) -> Axes:
    first, second, third = (
        tuple(sum(row[k] * two[k][column] for k in range(3)) for column in range(3)) for row in one
    )
    return (
        (first[0], first[1], first[2]),
        (second[0], second[1], second[2]),
        (third[0], third[1], third[2]),
    )


def _axes(name: str) -> Axes:
    face, _, turn = name.partition("-")
    matrix = _FACES[face]
    for _quarter in range(int(turn or 0) // 90):
        matrix = _times(_CLOCKWISE, matrix)
    return matrix


AXES: dict[Orientation, Axes] = {name: _axes(name) for name in ORIENTATIONS}
"""What each orientation does to a product: shelf axes = AXES[name] @ product axes."""


def _source(row: tuple[int, int, int]) -> int:
    return next(column for column in range(3) if row[column])


_ORDER: dict[Orientation, tuple[int, int, int]] = {
    name: (_source(x), _source(y), _source(z)) for name, (x, y, z) in AXES.items()
}
"""For each orientation, which of the product's own axes lies along the shelf's x, y and z."""


def turned(size_mm: Size, orientation: Orientation) -> Size:
    """Width, height and depth on the shelf of something that is `size_mm` as it stands upright."""
    x, y, z = _ORDER[orientation]
    return size_mm[x], size_mm[y], size_mm[z]
