"""Look for what cannot be in a real shop: floating units, things inside one another."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

FLOAT_M = 0.002
"""A unit may stand this far above or below the top of what carries it."""

OVERLAP_M = 0.0005
HANGS_M = 2.0
ON_CEILING_M = 0.1
"""What begins over the one, and under the ceiling by more than the other, hangs in the room."""

CHUNK = 256
SENTENCES_MAX = 200

Boxes = NDArray[np.float64]
"""(n, 2, 3): minimum and maximum corners, metres."""


def audit(scene: SceneDescription) -> list[str]:
    """A sentence for each fault, at most `SENTENCES_MAX`; empty for a sound scene.

    Boxes are the instances' scene-space bounds: exact for fixtures at quarter turns.
    """
    rows = np.flatnonzero(scene.product_of >= 0)
    units = scene.bounds[rows].astype(np.float64)
    solids = np.stack([scene.solids["min"], scene.solids["max"]], axis=1).astype(np.float64)
    said: list[str] = []
    carried = np.zeros(len(rows), dtype=bool)
    for low, high, near in _neighbours(units, np.concatenate([units, solids])):
        carried[low:high] = _carried(units[low:high], near)
    for row in rows[~carried]:
        base = scene.bounds[row, 0, 1]
        said.append(f"{_who(scene, int(row))} at {base:.4f} m stands on nothing")
    for one, two in _overlaps(units, units):
        first, second = (_who(scene, int(rows[row])) for row in (one, two))
        said.append(f"{first} and {second} are inside one another")
    for one, two in _overlaps(units, solids, same=False):
        said.append(f"{_who(scene, int(rows[one]))} is inside solid {two}")
    said += [
        f"instance {row} hangs at {scene.bounds[row, 0, 1]:.2f} m and reaches out of the room"
        for row in _reaching_out(scene)
    ]
    labels = _label_boxes(scene)
    said += [f"labels {one} and {two} overlap" for one, two in _overlaps(labels, labels)]
    return said[:SENTENCES_MAX]


def _who(scene: SceneDescription, row: int) -> str:
    return f"{scene.skus[scene.product_of[row]]} (instance {row})"


def _neighbours(boxes: Boxes, others: Boxes) -> Iterator[tuple[int, int, Boxes]]:
    """Chunks of `boxes` as they come, each with the others that come near it."""
    for low in range(0, len(boxes), CHUNK):
        chunk = boxes[low : low + CHUNK]
        first, last = chunk[:, 0].min(axis=0) - FLOAT_M, chunk[:, 1].max(axis=0) + FLOAT_M
        near = np.all((others[:, 1] >= first) & (others[:, 0] <= last), axis=1)
        yield low, low + len(chunk), others[near]


def _carried(units: Boxes, near: Boxes) -> NDArray[np.bool_]:
    """Whether the middle of each base rests on the top of a box."""
    middle = units.mean(axis=1)[:, None, :]
    over = np.ones((len(units), len(near)), dtype=bool)
    for axis in (0, 2):
        over &= middle[:, :, axis] > near[None, :, 0, axis]
        over &= middle[:, :, axis] < near[None, :, 1, axis]
    gap = units[:, None, 0, 1] - near[None, :, 1, 1]
    return np.asarray(np.any(over & (np.abs(gap) <= FLOAT_M), axis=1))


def _overlaps(boxes: Boxes, others: Boxes, *, same: bool = True) -> Iterator[tuple[int, int]]:
    """Pairs that reach into one another by more than `OVERLAP_M` in every direction."""
    if not len(boxes) or not len(others):
        return
    for low in range(0, len(boxes), CHUNK):
        chunk = boxes[low : low + CHUNK]
        first, last = chunk[:, 0].min(axis=0), chunk[:, 1].max(axis=0)
        near = np.flatnonzero(np.all((others[:, 1] > first) & (others[:, 0] < last), axis=1))
        reach = np.minimum(chunk[:, None, 1], others[None, near, 1]) - np.maximum(
            chunk[:, None, 0], others[None, near, 0]
        )
        for one, two in np.argwhere(np.all(reach > OVERLAP_M, axis=2)):
            pair = int(one) + low, int(near[two])
            if not same or pair[0] < pair[1]:
                yield pair


def _reaching_out(scene: SceneDescription) -> NDArray[np.intp]:
    """Rows of what hangs in the room and passes its walls or ceiling: signs, mostly."""
    low, high = np.array(scene.room[0]), np.array(scene.room[1])
    boxes = scene.bounds.astype(np.float64)
    middle = boxes.mean(axis=1)
    hangs = (boxes[:, 0, 1] > HANGS_M) & (boxes[:, 0, 1] < high[1] - ON_CEILING_M)
    inside = np.all((middle > low) & (middle < high), axis=1)
    outside = np.any((boxes[:, 0] < low - FLOAT_M) | (boxes[:, 1] > high + FLOAT_M), axis=1)
    return np.flatnonzero(hangs & inside & outside & (scene.product_of < 0))


def _label_boxes(scene: SceneDescription) -> Boxes:
    labels = scene.labels
    half = np.abs(labels["right"]) * labels["size"][:, :1] / 2.0
    half = half + np.abs(labels["up"]) * labels["size"][:, 1:] / 2.0
    # Thick along the normal, so that labels of one rail meet although they are flat.
    half = np.maximum(half, 0.002)
    centre = labels["centre"].astype(np.float64)
    return np.stack([centre - half, centre + half], axis=1)
