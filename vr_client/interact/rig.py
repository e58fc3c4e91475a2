"""Where the shopper's play space stands in the store. Headsets speak in play space, shops not."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import EyeView, Matrix
from vr_client.headset.backend import FrameInfo
from vr_client.interact.walk import Spot, walk
from vr_client.space.pose import pose

WALK_M_PER_S = 1.4
RUN_M_PER_S = 3.0
STEP_S_MAX = 0.1
"""A stall longer than this does not fling the shopper through the store."""


@dataclass(frozen=True, slots=True)
class Rig:
    """The origin of the play space on the floor of the store (metres) and its yaw.

    `rise_m` lifts it: somebody on a chair sees the shelves as they would on their feet.
    """

    x: float = 0.0
    z: float = 0.0
    yaw_deg: float = 0.0
    rise_m: float = 0.0

    def world_from_play(self) -> Matrix:
        """Maps what the headset says into the store."""
        return pose((self.x, self.rise_m, self.z), self.yaw_deg)

    def place(self, info: FrameInfo) -> FrameInfo:
        """`info` with every pose in the store instead of the play space."""
        world = self.world_from_play()
        return replace(
            info,
            views=tuple(
                EyeView(world @ view.world_from_eye, view.tangents, view.size, view.hidden_area)
                for view in info.views
            ),
            world_from_head=world @ info.world_from_head,
            hands=tuple(replace(h, world_from_hand=world @ h.world_from_hand) for h in info.hands),
        )

    def brought(self, info: FrameInfo, spot: Spot, yaw_deg: float | None) -> "Rig":
        """The rig that brings the head of `info` (in play space) over `spot`, looking at `yaw_deg`.

        None keeps the way one looks.
        """
        head = info.world_from_head
        turn = self.yaw_deg
        if yaw_deg is not None:
            turn = yaw_deg - float(np.degrees(np.arctan2(head[0, 2], head[2, 2])))
        over = Rig(0.0, 0.0, turn).world_from_play() @ head[:, 3]
        return Rig(spot[0] - float(over[0]), spot[1] - float(over[2]), turn, self.rise_m)

    def turned(self, info: FrameInfo, left_deg: float) -> "Rig":
        """The rig that turns whoever is in `info` (in play space) to the left, on the spot."""
        head = self.world_from_play() @ info.world_from_head
        yaw = float(np.degrees(np.arctan2(head[0, 2], head[2, 2])))
        return self.brought(info, (float(head[0, 3]), float(head[2, 3])), yaw + left_deg)

    def walked(
        self,
        info: FrameInfo,
        step_s: float,
        footprints: NDArray[np.float64],
        room: NDArray[np.float64],
        pace: float = 1.0,
    ) -> "Rig":
        """The rig after the sticks of `info` (in play space) were held for `step_s` seconds.

        `pace` times as fast as people usually walk.
        """
        right = sum(hand.move[0] for hand in info.hands)
        ahead = sum(hand.move[1] for hand in info.hands)
        if right == 0.0 and ahead == 0.0:
            return self
        # As `world_from_play` maps them, in plain numbers: where the head is, and its back.
        (_, _, play_back_x, play_x), _, (_, _, play_back_z, play_z), _ = (
            info.world_from_head.tolist()
        )
        turn = math.radians(self.yaw_deg)
        sine, cosine = math.sin(turn), math.cos(turn)
        x, z = self.x + cosine * play_x + sine * play_z, self.z - sine * play_x + cosine * play_z
        back_x = cosine * play_back_x + sine * play_back_z
        back_z = cosine * play_back_z - sine * play_back_x
        speed = RUN_M_PER_S if any(hand.run for hand in info.hands) else WALK_M_PER_S
        length = max(1e-6, math.hypot(back_x, back_z)) * max(1.0, math.hypot(right, ahead))
        far_m = speed * pace * min(step_s, STEP_S_MAX) / length
        here = (x, z)
        move = (back_z * right - back_x * ahead) * far_m, -(back_x * right + back_z * ahead) * far_m
        there = walk(here, move, footprints, room)
        return replace(self, x=self.x + there[0] - here[0], z=self.z + there[1] - here[1])
