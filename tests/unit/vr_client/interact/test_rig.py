import numpy as np
import pytest

from vr_client.frame_packet import EyeView
from vr_client.headset.backend import FrameInfo, HandState
from vr_client.interact.rig import STEP_S_MAX, WALK_M_PER_S, Rig
from vr_client.space.pose import pose

ROOM = np.array([[-9.0, -9.0], [9.0, 9.0]])
NOTHING = np.empty((0, 2, 2))


def info(move=(0.0, 0.0), yaw=0.0, at=(0.0, 1.6, 0.0)):
    head = pose(at, yaw)
    hand = HandState(pose((0.2, 1.2, 0.0)), move=move)
    return FrameInfo((EyeView(head, (-1, 1, -1, 1), (8, 8)),), head, (hand,), 0.0)


def test_the_play_space_is_put_where_the_rig_stands():
    placed = Rig(2.0, 3.0, 90.0).place(info(at=(0.0, 1.6, -1.0)))
    for world in (placed.world_from_head, placed.views[0].world_from_eye):
        assert world[:3, 3] == pytest.approx([1.0, 1.6, 3.0])  # -z became -x
        assert -world[:3, 2] == pytest.approx([-1.0, 0.0, 0.0])
    assert placed.hands[0].world_from_hand[:3, 3] == pytest.approx([2.0, 1.2, 2.8])


@pytest.mark.parametrize(
    ("move", "yaw", "expected"),
    [((0, 1), 0.0, (0, -1)), ((1, 0), 0.0, (1, 0)), ((0, 1), 90.0, (-1, 0)),
     ((1, 0), 90.0, (0, -1)), ((1, 1), 0.0, (0.5**0.5, -(0.5**0.5)))],
)  # fmt: skip
def test_sticks_walk_where_the_head_looks(move, yaw, expected):
    rig = Rig().walked(info(move, yaw), 0.05, NOTHING, ROOM)
    assert (rig.x, rig.z) == pytest.approx(np.array(expected) * WALK_M_PER_S * 0.05)


def test_standing_still_changes_nothing():
    rig = Rig(1.0, 2.0, 3.0)
    assert rig.walked(info(), 0.05, NOTHING, ROOM) is rig


def test_a_stall_flings_nobody():
    rig = Rig().walked(info((0.0, 1.0)), 60.0, NOTHING, ROOM)
    assert rig.z == pytest.approx(-WALK_M_PER_S * STEP_S_MAX)
