"""A narrower view while one walks: what flies past at its edges is what makes people sick."""

import math
from typing import Final

import moderngl

from vr_client.frame_packet import EyeView
from vr_client.render.context import GraphicsContext, assign

WIDE_DEG: Final = 62.0
NARROW_DEG: Final = 30.0
"""Half the angle that stays clear: at the start, and when it is as narrow as it gets."""

SOFT_DEG: Final = 9.0


class VignettePass:
    """Darkens by the angle from straight ahead, so that both eyes see one round window."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self._program = graphics.program("vignette.vert", "vignette.frag")
        assign(self._program, "nearest", graphics.nearest)
        # Strictly nearer: what a lens hides lies at the near plane already, and stays black.
        self._passes = ">" if graphics.reversed_depth else "<"
        self._array = self._gl.vertex_array(self._program, [])

    def draw(self, view: EyeView, strength: float) -> None:
        """Last of all; `strength` 0 to 1."""
        clear_deg = WIDE_DEG + (NARROW_DEG - WIDE_DEG) * strength
        inner, outer = math.radians(clear_deg), math.radians(clear_deg + SOFT_DEG)
        assign(self._program, "tangents", view.tangents)
        assign(self._program, "edge", (math.tan(inner), math.tan(outer)))
        self._gl.enable(moderngl.BLEND)
        self._gl.disable(moderngl.CULL_FACE)
        self._gl.depth_func = self._passes
        self._gl.fbo.depth_mask = False
        self._gl.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
        self._array.render(moderngl.TRIANGLES, vertices=3)
        self._gl.fbo.depth_mask = True
        self._gl.disable(moderngl.BLEND)

    def release(self) -> None:
        """Gives the program back."""
        self._array.release()
        self._program.release()
