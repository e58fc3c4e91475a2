"""The uniform block of one eye, shared by every pass (shaders/common/view.glsl)."""

from typing import Final

import moderngl
import numpy as np

from vr_client.frame_packet import EyeView, Matrix
from vr_client.space.pose import inverse_rigid
from vr_client.space.projection import NEAR_M, ordinary_projection, projection_from_tangents

BINDING: Final = 0
FAR_WITHOUT_CLIP_CONTROL_M: Final = 200.0


def clip_from_world(view: EyeView, *, reversed_depth: bool) -> Matrix:
    """World to clip space for one eye, in the depth convention of the context."""
    if reversed_depth:
        projection = projection_from_tangents(view.tangents, NEAR_M)
    else:
        projection = ordinary_projection(view.tangents, NEAR_M, FAR_WITHOUT_CLIP_CONTROL_M)
    return np.asarray(projection @ inverse_rigid(view.world_from_eye))


class ViewBlock:
    """Written once an eye, then bound for all programs."""

    def __init__(self, gl: moderngl.Context) -> None:
        self._buffer = gl.buffer(reserve=28 * 4, dynamic=True)
        self._data = np.zeros((7, 4), dtype=np.float32)

    def write(self, view: EyeView, matrix: Matrix, time_s: float) -> None:
        """Makes `view` the eye that all following draws are seen from."""
        data = self._data
        data[:4] = matrix.T  # GLSL reads columns first
        data[4] = view.world_from_eye[:, 3]
        data[4, 3] = time_s
        data[5:7] = view.world_from_eye[:, :2].T
        self._buffer.write(data)
        self._buffer.bind_to_uniform_block(BINDING)

    def release(self) -> None:
        """Gives the buffer back."""
        self._buffer.release()
