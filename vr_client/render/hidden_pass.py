"""What a headset's lenses hide: black, and before all else, so that nothing there is shaded."""

from dataclasses import dataclass

import moderngl
import numpy as np

from vr_client.frame_packet import EyeView, HiddenArea
from vr_client.render.context import GraphicsContext, assign


@dataclass(frozen=True, slots=True)
class _Mask:
    """One eye's triangles on the GPU."""

    area: HiddenArea
    vertices: moderngl.Buffer
    array: moderngl.VertexArray

    def release(self) -> None:
        self.array.release()
        self.vertices.release()


class HiddenPass:
    """Keeps each eye's triangles from frame to frame: a headset gives the same array each time."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self._program = graphics.program("hidden.vert", "hidden.frag")
        assign(self._program, "nearest", graphics.nearest)
        self._masks: dict[int, _Mask] = {}

    def draw(self, eye: int, view: EyeView) -> None:
        """First of all, into the cleared target of the eye that is bound."""
        area = view.hidden_area
        if area is None or not len(area):
            return
        mask = self._masks.get(eye)
        if mask is None or mask.area is not area:
            mask = self._upload(eye, area)
        mask.array.render(moderngl.TRIANGLES)

    def _upload(self, eye: int, area: HiddenArea) -> _Mask:
        if eye in self._masks:
            self._masks.pop(eye).release()
        corners = np.ascontiguousarray(area, dtype=np.float32)
        vertices = self._gl.buffer(corners.tobytes())
        array = self._gl.vertex_array(self._program, [(vertices, "2f", "in_share")])
        self._masks[eye] = _Mask(area, vertices, array)
        return self._masks[eye]

    def release(self) -> None:
        """Gives everything back."""
        for mask in self._masks.values():
            mask.release()
        self._masks.clear()
        self._program.release()
