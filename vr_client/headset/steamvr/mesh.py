"""The part of each eye's picture that the lens hides (`getHiddenAreaMesh`)."""

from typing import Any, Final

import numpy as np

from vr_client.frame_packet import HiddenArea

TRIANGLES_MAX: Final = 10_000
"""Real ones have a few dozen; a count beyond this is no mesh."""


def hidden_area(system: Any, eye: int) -> HiddenArea | None:
    """That of `eye`, copied out of SteamVR's memory; None where the headset has none.

    SteamVR's coordinates are the picture's share from its lower left, as OpenGL's are.
    """
    mesh = system.getHiddenAreaMesh(eye)
    count = int(mesh.unTriangleCount)
    if not mesh.pVertexData or not 0 < count <= TRIANGLES_MAX:
        return None
    corners = np.array(
        [mesh.pVertexData[number].v[:] for number in range(3 * count)], dtype=np.float32
    )
    return corners.reshape(count, 3, 2) if np.isfinite(corners).all() else None
