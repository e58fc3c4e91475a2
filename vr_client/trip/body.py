"""The scripted shopper's body: it moves with ease from pose to pose, as people do. Metres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptFrame
from vr_client.interact.flight import ease
from vr_client.interact.stands import HAND_FROM_HEAD
from vr_client.interact.walk import Spot
from vr_client.space.pose import look_at, pose
from vr_client.ui.placement import angles

Vector = NDArray[np.float64]

FILM_SIZE = (640, 360)
UNFILMED_SIZE = (64, 36)
FILM_TANGENTS = (-0.96, 0.96, -0.54, 0.54)
STILL_SIZE = (1280, 960)
WALK_M_PER_S = 1.3


@dataclass(frozen=True, slots=True)
class Body:
    """Eyes at `eye`, looking along yaw and pitch (degrees); the hand points at `aim`.

    It is at `reach`, or None: where a hand is held. `grab`: it is closed.
    """

    eye: Vector
    yaw: float
    pitch: float
    aim: Vector
    select: bool = False
    grab: bool = False
    reach: Vector | None = None

    @property
    def hand(self) -> Vector:
        """Where the hand is."""
        if self.reach is not None:
            return self.reach
        offset = pose(self.eye, self.yaw) @ np.array([*HAND_FROM_HEAD, 1.0])
        point: Vector = offset[:3]
        return point

    def frame(self, *, still: bool, filmed: bool = True) -> ScriptFrame:
        """What the headset reports: one small eye for the film, both in full for a still.

        Without a film the eye is tiny: somebody has to look, for panels hang where they are seen.
        """
        head = pose(self.eye, self.yaw, self.pitch)
        hand = HandState(look_at(self.hand, self.aim), select=self.select, grab=self.grab)
        if still:
            return ScriptFrame(head, (hand,), STILL_SIZE, stereo=True)
        size = FILM_SIZE if filmed else UNFILMED_SIZE
        return ScriptFrame(head, (hand,), size, stereo=False, tangents=FILM_TANGENTS)


def turned(start: float, goal: float, share: float) -> float:
    """Degrees between two yaws, the short way round."""
    return start + ((goal - start + 180.0) % 360.0 - 180.0) * share


def moves(start: Body, goal: Body, frame_count: int) -> Iterator[Body]:
    """Frames from `start` (left out) to `goal`; the pointed-at place glides along.

    A hand that reaches glides too, and is open or closed as at the goal.
    """
    reaching = start.reach is not None or goal.reach is not None
    for number in range(1, frame_count + 1):
        share = ease(number / frame_count)
        reaches = goal.reach is not None or (reaching and number < frame_count)
        yield Body(
            start.eye + (goal.eye - start.eye) * share,
            turned(start.yaw, goal.yaw, share),
            start.pitch + (goal.pitch - start.pitch) * share,
            start.aim + (goal.aim - start.aim) * share,
            grab=goal.grab,
            reach=start.hand + (goal.hand - start.hand) * share if reaches else None,
        )


def walks(start: Body, path: Sequence[Spot], goal: Body, fps: float) -> Iterator[Body]:
    """Frames of walking along `path`: looking where one goes, and at the end at the goal."""
    corners = np.array([(x, goal.eye[1], z) for x, z in path])
    lengths = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))))
    total = float(lengths[-1])
    frame_count = max(2, round(total / WALK_M_PER_S * fps) + 4)
    yaw, pitch = start.yaw, start.pitch
    for number in range(1, frame_count + 1):
        share = ease(number / frame_count)
        eye = _along(corners, lengths, share * total)
        ahead = _along(corners, lengths, min(total, share * total + 0.8))
        wanted = angles(ahead - eye)[0] if float(np.linalg.norm(ahead - eye)) > 0.3 else goal.yaw
        wanted = turned(wanted, goal.yaw, ease(min(1.0, max(0.0, share * 2.0 - 1.0))))
        last = number / frame_count
        yaw = turned(yaw, wanted, 0.35 + 0.65 * last**4)  # a neck follows, it does not snap
        pitch += (goal.pitch - pitch) * 0.2
        aim = start.aim + (goal.aim - start.aim) * share
        yield Body(eye, yaw, pitch, aim, grab=goal.grab)
    yield goal


def gaze(eye: Vector, at: Vector) -> tuple[float, float]:
    """Yaw and pitch to look at a point."""
    return angles(at - eye)


def looking(body: Body, at: Vector) -> Body:
    """The same body looking at a point."""
    yaw, pitch = gaze(body.eye, at)
    return replace(body, yaw=yaw, pitch=pitch)


def _along(corners: Vector, lengths: Vector, distance: float) -> Vector:
    point: Vector = np.array([np.interp(distance, lengths, corners[:, axis]) for axis in range(3)])
    return point


@dataclass
class Stage:
    """What the scripted headset reads each frame; the director writes it."""

    body: Body
    still: bool = False
    resting: bool = False  # the headset is off the head: nothing is drawn
    filmed: bool = True

    def script(self, _index: int, _time_s: float) -> ScriptFrame:
        """The script of the scripted backend."""
        frame = self.body.frame(still=self.still, filmed=self.filmed)
        return replace(frame, state=SessionState.IDLE) if self.resting else frame
