"""Where a mouse points: a hand at the eye, through a place in the window. Pure."""

import numpy as np

from vr_client.frame_packet import EyeView, Matrix
from vr_client.space.pose import pose


def aim_through(
    views: tuple[EyeView, ...], at: tuple[float, float], window: tuple[int, int]
) -> Matrix:
    """A hand at the eye that points through `at`, in pointer units from the window's top left.

    Several views stand side by side, each in its share of the width.
    """
    share = max(1, window[0]) / len(views)
    view = views[min(int(max(at[0], 0.0) // share), len(views) - 1)]
    left, right, bottom, top = view.tangents
    across = left + (right - left) * ((at[0] % share) / share)
    up = top + (bottom - top) * (at[1] / max(1, window[1]))
    yaw = float(np.degrees(np.arctan2(-across, 1.0)))
    pitch = float(np.degrees(np.arctan2(up, np.hypot(across, 1.0))))
    hand: Matrix = view.world_from_eye @ pose((0.0, 0.0, 0.0), yaw, pitch)
    return hand
