"""Wears the simulated headset for a few frames and says what a person would see go wrong.

One function judges every backend: the real one must leave it nothing to say, and broken ones
(test_broken_headsets.py) must not get past it.
"""

import numpy as np
import openvr
from simulated_runtime import HEAD

from tests.golden.small_scene import small_scene
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.render.renderer import Renderer
from vr_client.space.pose import inverse_rigid, pose, transform_point, translation

LEFT_EYE = (-1.31, 1.12, -1.07, 1.22)  # as conftest has them: raw "top" is the lower tangent
RIGHT_EYE = (-1.05, 1.27, -1.13, 1.17)
EYE_OFFSETS = ((-0.033, 0.0, 0.0), (0.030, 0.001, 0.0))
SIZE = (96, 112)
NAMES = ("left", "right")

HEADS = (
    pose((-0.10, 1.30, 1.05), 14.0, -6.0),
    pose((-0.30, 1.15, 0.90), 6.0, -3.0),
    pose((-0.42, 1.05, 0.75)),
)
"""The head of each frame; it moves, so that a pose of the frame before is another picture."""

CARTON = 2  # the scene's red one
OFF_MAX = 0.002  # single precision poses move an edge here and there


def expected_views(head):
    """From the fixture's numbers alone."""
    return tuple(
        EyeView(head @ translation(offset), tangents, SIZE)
        for offset, tangents in zip(EYE_OFFSETS, (LEFT_EYE, RIGHT_EYE), strict=True)
    )


def drawn(renderer, views, hidden=()):
    """What each view alone shows: (h, w, 3), top row first."""
    pictures = []
    for number, view in enumerate(views):
        renderer.draw(FramePacket(index=number, time_s=0.0, views=(view,), hidden=hidden))
        pictures.append(renderer.read_eye(0).astype(int))
    return pictures


def draw_plainly(renderer, info):
    """As the app does."""
    return renderer.draw(FramePacket(0, info.predicted_time_s, info.views))


def worn(headset, graphics, backend, draw=draw_plainly):
    """Everything that is wrong after `HEADS` with `backend`, not opened yet; it is closed then."""
    renderer = Renderer(graphics)
    scene = small_scene()
    renderer.load_scene(scene)
    backend.open()
    for head in HEADS:
        headset.place(HEAD, head)
        backend.poll()
        info = backend.begin_frame()
        backend.end_frame(draw(renderer, info) if info.should_render else ())
    pictures = [eye.picture()[..., :3].astype(int) for eye in headset.eyes]
    backend.close()
    wrong = [*_calls(headset), *_handed_over(headset), *_pictures(renderer, pictures)]
    wrong += _carton(renderer, scene, pictures)
    renderer.release()
    return wrong


def _calls(headset):
    if headset.faults:
        yield f"{headset.faults} calls against the rules, first: {headset.fault.decode()}"
    if headset.order != "i" + len(HEADS) * "walr" + "s":
        yield f"the order of calls was {headset.order}"


def _handed_over(headset):
    for name, eye in zip(NAMES, headset.eyes, strict=True):
        how = (eye.type, eye.colour_space, tuple(eye.bounds), (eye.width, eye.height))
        whole = (0.0, 0.0, 1.0, 1.0)
        kind = (int(openvr.TextureType_OpenGL), int(openvr.ColorSpace_Gamma))
        if how != (*kind, whole, SIZE):
            yield f"the {name} eye was handed over as {how}"
        if eye.submits != len(HEADS):
            yield f"the {name} eye was handed over {eye.submits} times"


def _pictures(renderer, pictures):
    """Each eye against what its own numbers give, and not the other's."""
    wanted = drawn(renderer, expected_views(HEADS[-1]))
    for number, name in enumerate(NAMES):
        if pictures[number].shape != wanted[number].shape:
            yield f"the {name} eye's picture has another size"
            continue
        off, swapped = (
            float((np.abs(pictures[number] - other) > 3).any(axis=2).mean())
            for other in (wanted[number], wanted[1 - number])
        )
        if off >= OFF_MAX:
            yield f"{off:.1%} of the {name} eye's picture is off"
        if swapped <= 0.05:
            yield f"the {name} eye sees what the other should"


def _carton(renderer, scene, pictures):
    """No renderer's word is taken: the carton's place is computed from the raw numbers."""
    row = int(np.flatnonzero(scene.product_of == CARTON)[0])
    without = drawn(renderer, expected_views(HEADS[-1]), hidden=(row,))
    low, high = scene.bounds[row].astype(float)
    front = [(x, y, high[2]) for x in (low[0], high[0]) for y in (low[1], high[1])]
    for number, name in enumerate(NAMES):
        if pictures[number].shape != without[number].shape:
            continue
        rows, columns = np.nonzero(np.abs(pictures[number] - without[number]).max(axis=2) > 60)
        if not len(rows):
            yield f"the {name} eye does not see the carton"
            continue
        head = HEADS[-1] @ translation(EYE_OFFSETS[number])
        seen = np.array([transform_point(inverse_rigid(head), corner) for corner in front])
        left, right, lower, upper = (LEFT_EYE, RIGHT_EYE)[number]
        across = (seen[:, 0] / -seen[:, 2] - left) / (right - left) * SIZE[0]
        down = (upper - seen[:, 1] / -seen[:, 2]) / (upper - lower) * SIZE[1]
        off = (
            abs(columns.min() - across.min()) / 2.0,
            abs(rows.max() + 1 - down.max()) / 2.5,
            abs(rows.min() - down.min()) / 3.0,
        )
        if max(off) > 1.0:
            yield f"the {name} eye sees the carton where optics does not have it"
