"""Look for what cannot be in a real shop: floating units, things inside one another."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.hanging import SLACK_M as HOOK_SLACK_M
from store_scenes.compile.hanging import off_their_hooks
from store_scenes.compile.scene import SceneDescription
from store_scenes.compile.tickets import TICKET_WIDTH_MIN
from store_scenes.compile.turned_boxes import TurnedBoxes, leans, reach_into
from store_scenes.layout.documents import Handling

FLOAT_M = 0.002
"""A unit may stand this far above or below the top of what carries it."""

OVERLAP_M = 0.0005
HANGS_M = 2.0
ON_CEILING_M = 0.1
"""What begins over the one, and under the ceiling by more than the other, hangs in the room."""

PARALLEL_COS = np.cos(np.radians(1.0))
"""What rests on a board that leans lies along it, to a degree."""

LABEL_NEAR_M = 0.002
LABEL_HALF_M = 0.0008
"""Labels are flat: that thick they are looked at beside one another, and among goods."""

CHUNK = 256
SENTENCES_MAX = 200

Boxes = NDArray[np.float64]
"""(n, 2, 3): minimum and maximum corners, metres."""


def audit(
    scene: SceneDescription, handling: Mapping[str, Handling] = MappingProxyType({})
) -> list[str]:
    """A sentence for each fault, at most `SENTENCES_MAX`; empty for a sound scene.

    `handling` says where the holes are of goods that hang.

    Boxes are the instances' scene-space bounds, exact for fixtures at quarter turns; of what leans
    they are its mesh's own.
    """
    rows = np.flatnonzero(scene.product_of >= 0)
    units = scene.bounds[rows].astype(np.float64)
    solids = np.stack([scene.solids["min"], scene.solids["max"]], axis=1).astype(np.float64)
    said: list[str] = []
    leaning = leans(scene, rows)
    carried = np.zeros(len(rows), dtype=bool)
    beside, over = off_their_hooks(scene, rows, handling)
    hangs = np.maximum(beside, over) <= HOOK_SLACK_M
    level = np.flatnonzero(~leaning)
    # Nothing stands on what hangs.
    firm = np.concatenate([units[level[~hangs[level]]], solids])
    for low, high, near in _neighbours(units[level], firm):
        carried[level[low:high]] = _carried(units[level[low:high]], near)
    carried |= hangs
    carried[leaning] = _carried_leaning(scene, rows[leaning])
    for number in np.flatnonzero(~carried):
        row = int(rows[number])
        if beside[number] < np.inf:
            said.append(
                f"{_who(scene, row)} hangs {beside[number] * 1000.0:.1f} mm beside and "
                f"{over[number] * 1000.0:.1f} mm over or under its hook"
            )
        else:
            said.append(f"{_who(scene, row)} at {scene.bounds[row, 0, 1]:.4f} m stands on nothing")
    boxes = TurnedBoxes.of_instances(scene, rows)
    for one, two in _inside(boxes, boxes, leaning, leaning, list(_overlaps(units, units))):
        first, second = (_who(scene, int(rows[row])) for row in (one, two))
        said.append(f"{first} and {second} are inside one another")
    pairs = list(_overlaps(units, solids, same=False))
    upright = np.zeros(len(solids), dtype=bool)
    for one, two in _inside(boxes, TurnedBoxes.upright(solids), leaning, upright, pairs):
        said.append(f"{_who(scene, int(rows[one]))} is inside solid {two}")
    said += [
        f"instance {row} hangs at {scene.bounds[row, 0, 1]:.2f} m and reaches out of the room"
        for row in _reaching_out(scene)
    ]
    said += _labels(scene, rows, boxes)
    return said[:SENTENCES_MAX]


def _labels(scene: SceneDescription, rows: NDArray[np.intp], goods: TurnedBoxes) -> Iterator[str]:
    """Labels over one another, too narrow to be read, or inside goods."""
    labels = _label_boxes(scene)
    for one, two in _overlaps(labels, labels):
        yield f"labels {one} and {two} overlap"
    for one in map(int, np.flatnonzero(scene.labels["size"][:, 0] < TICKET_WIDTH_MIN - 1e-6)):
        wide = scene.labels["size"][one, 0] * 1000.0
        yield f"label {one} is {wide:.1f} mm wide and cannot be read"
    units = scene.bounds[rows].astype(np.float64)
    pairs = list(_overlaps(labels, units, same=False))
    if pairs:
        one, two = np.array(pairs).T
        reach = reach_into(_turned_labels(scene, one), goods[two])
        for label, unit in np.array(pairs)[reach > OVERLAP_M]:
            yield f"label {label} is inside {_who(scene, int(rows[unit]))}"


def _turned_labels(scene: SceneDescription, rows: NDArray[np.intp]) -> TurnedBoxes:
    labels = scene.labels[rows]
    right, up = labels["right"].astype(np.float64), labels["up"].astype(np.float64)
    axes = np.stack([right, up, np.cross(right, up)], axis=2)
    thick = np.full((len(rows), 1), LABEL_HALF_M)
    half = np.concatenate([labels["size"].astype(np.float64) / 2.0, thick], axis=1)
    return TurnedBoxes(labels["centre"].astype(np.float64), half, axes)


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


def _carried_leaning(scene: SceneDescription, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether the middle of each base of what leans rests on a box that leans alike.

    What leans and is not for sale are boards, and cartons around units.
    """
    carried = np.zeros(len(rows), dtype=bool)
    if not len(rows):
        return carried
    every = np.arange(len(scene.instances))
    carriers = every[leans(scene, every)]
    around = scene.bounds[carriers].astype(np.float64)
    units, boards = TurnedBoxes.of_instances(scene, rows), TurnedBoxes.of_instances(scene, carriers)
    for number, row in enumerate(rows):
        own = scene.bounds[row].astype(np.float64)
        near = np.flatnonzero(
            np.all((around[:, 1] >= own[0] - FLOAT_M) & (around[:, 0] <= own[1] + FLOAT_M), axis=1)
            & (carriers != row)
        )
        axes = units.axes[number]
        axis = int(np.abs(axes[1]).argmax())
        up = axes[:, axis] * np.sign(axes[1, axis])
        base = units.middle[number] - up * units.half[number, axis]
        along = np.einsum("nij,i->nj", boards.axes[near], up)
        top = np.abs(along).argmax(axis=1)[:, None]
        parallel = np.abs(np.take_along_axis(along, top, axis=1))[:, 0] > PARALLEL_COS
        place = np.einsum("nij,ni->nj", boards.axes[near], base - boards.middle[near])
        place *= np.where(np.take_along_axis(along, top, axis=1) < 0.0, -1.0, 1.0)
        over = np.abs(place) < boards.half[near]
        np.put_along_axis(over, top, values=True, axis=1)
        gap = np.take_along_axis(place - boards.half[near], top, axis=1)[:, 0]
        carried[number] = np.any(parallel & over.all(axis=1) & (np.abs(gap) <= FLOAT_M))
    return carried


def _inside(
    boxes: TurnedBoxes, others: TurnedBoxes, leaning: NDArray[np.bool_],
    others_lean: NDArray[np.bool_], pairs: list[tuple[int, int]],
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Of pairs whose upright boxes overlap those that do, where one of them leans."""
    if not pairs:
        return
    one, two = np.array(pairs).T
    either = leaning[one] | others_lean[two]
    sound = np.zeros(len(pairs), dtype=bool)
    sound[either] = reach_into(boxes[one[either]], others[two[either]]) <= OVERLAP_M
    yield from (pair for pair, fine in zip(pairs, sound, strict=True) if not fine)


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
    half = np.maximum(half, LABEL_NEAR_M)
    centre = labels["centre"].astype(np.float64)
    return np.stack([centre - half, centre + half], axis=1)
