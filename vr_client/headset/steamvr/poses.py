"""OpenVR's row-major single precision matrices as the shop's rigid ones. Pure."""

from typing import Any

import numpy as np

from vr_client.frame_packet import Matrix


def rigid(rows: Any) -> Matrix:
    """A (4, 4) from a HmdMatrix34_t: single precision made orthonormal again."""
    matrix = np.eye(4)
    matrix[:3] = np.ctypeslib.as_array(rows.m)
    turn, _, back = np.linalg.svd(matrix[:3, :3])
    matrix[:3, :3] = turn @ back
    return matrix
