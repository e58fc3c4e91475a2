"""What the audit asks of goods on hooks: that each hook goes through where its unit hangs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.fittings import hook_of
from store_scenes.compile.rails import HOLE_DOWN_MM
from store_scenes.compile.scene import SceneDescription
from store_scenes.compile.turned_boxes import TurnedBoxes, meshes_of, rotations
from store_scenes.layout.documents import Handling

Floats = NDArray[np.float64]

SLACK_M = 0.002
"""How far beside, over or under the middle of its hole a hook may be."""

NEAR_M = 0.06
"""A hook that goes by a unit within this is taken for the one it should hang on."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Hooks of a scene, h of them: their tips, and where they and their goods look; (h, 3) each."""

    tip: Floats
    forward: Floats
    length: Floats


def hooks_of(scene: SceneDescription) -> Hooks:
    """Every instance that is a hook, known by its mesh's own box."""
    found = [
        (row, hook)
        for row, mesh in enumerate(scene.meshes)
        if (hook := hook_of(mesh["bounds_min"], mesh["bounds_max"])) is not None
    ]
    length = np.zeros(len(scene.meshes))
    for row, hook in found:
        length[row] = hook.length_mm / 1000.0
    mesh = meshes_of(scene)
    rows = np.flatnonzero((length[mesh] > 0.0) & (scene.product_of < 0))
    tip = scene.instances["position"][rows].astype(np.float64)
    return Hooks(tip, rotations(scene, rows)[:, :, 2], length[mesh[rows]])


def off_their_hooks(
    scene: SceneDescription, rows: NDArray[np.intp], handling: Mapping[str, Handling]
) -> tuple[Floats, Floats]:
    """(n,) how far beside and over each unit's hole the nearest hook is, metres; inf: none goes by.

    A hook goes by that reaches from behind a unit to before it. Where nobody says where its hole
    is, it is in the middle of its width, `HOLE_DOWN_MM` under its top.
    """
    beside, over = np.full(len(rows), np.inf), np.full(len(rows), np.inf)
    hooks = hooks_of(scene)
    if not len(hooks.length):
        return beside, over
    boxes = TurnedBoxes.of_instances(scene, rows)
    told = [handling.get(scene.skus[product]) for product in scene.product_of[rows]]
    hole = np.array([(h.peg_hole_x_mm, h.peg_hole_y_mm) if h else (0.0, 0.0) for h in told]) / 1e3
    rear = hooks.tip - hooks.forward * hooks.length[:, None]
    first, last = np.minimum(rear, hooks.tip) - NEAR_M, np.maximum(rear, hooks.tip) + NEAR_M
    around = scene.bounds[rows].astype(np.float64)
    for number in range(len(rows)):
        middle = boxes.middle[number]
        low, high = around[number]
        near = np.flatnonzero(np.all((first <= high) & (low <= last), axis=1))
        if not len(near):
            continue
        forward = hooks.forward[near]
        # How far the unit reaches along its hook, beside it, and up and down.
        right = np.stack([forward[:, 2], np.zeros(len(near)), -forward[:, 0]], axis=1)
        reach = [
            np.abs(way @ boxes.axes[number]) @ boxes.half[number]
            for way in (forward, right, np.tile((0.0, 1.0, 0.0), (len(near), 1)))
        ]
        from_tip = np.einsum("ni,ni->n", middle - hooks.tip[near], forward)
        goes_by = (from_tip + reach[0] <= SLACK_M) & (
            from_tip - reach[0] >= -hooks.length[near] - SLACK_M
        )
        across, down = hole[number]
        at = np.einsum("ni,ni->n", hooks.tip[near] - middle, right)
        aside = np.abs(at - (across - reach[1] if across else 0.0))
        up = np.abs(hooks.tip[near, 1] - (middle[1] + reach[2] - (down or HOLE_DOWN_MM / 1000.0)))
        off = np.where(goes_by, np.maximum(aside, up), np.inf)
        best = int(off.argmin())
        if off[best] <= NEAR_M:
            beside[number], over[number] = aside[best], up[best]
    return beside, over
