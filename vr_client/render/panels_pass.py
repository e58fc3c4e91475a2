"""Panels hanging in the store: their pictures as quads, blended, farthest first."""

import math
from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np

from vr_client.frame_packet import EyeView, Matrix, PanelQuad, TextureUpdate
from vr_client.render.context import GraphicsContext, assign
from vr_client.render.panel_pictures import PanelPictures

PICTURE_UNIT: Final = 0


class PanelsPass:
    """A panel is neither lit nor tone-mapped: an opaque pixel comes out exactly as drawn."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self._pictures = PanelPictures(graphics)
        self._program = graphics.program("panel.vert", "panel.frag")
        assign(self._program, "picture", PICTURE_UNIT)
        self._array = self._gl.vertex_array(self._program, [])
        self._hung: dict[str, tuple[Matrix, tuple[float, float], bytes]] = {}
        self._quads: list[tuple[bytes, moderngl.Texture]] = []

    def prepare(
        self,
        panels: Sequence[PanelQuad],
        textures: Sequence[TextureUpdate],
        views: Sequence[EyeView],
    ) -> None:
        """Once a frame, before any eye: draws the pictures that changed."""
        # Textures that go away may still be drawn with by nothing that is drawn now.
        self._pictures.update_textures(textures)
        self._pictures.keep_only({panel.id for panel in panels})
        for panel in panels:
            if panel.drawing is not None:
                self._pictures.draw(panel.id, panel.drawing)
        self._quads = []
        if not panels or not views:
            return
        # One order for all eyes: what lies over what is not another thing for each.
        hung, self._hung = self._hung, {}
        for panel in farthest_first(panels, views[0]):
            picture = self._pictures.picture(panel.id)
            if picture is not None:
                here = hung.get(panel.id)
                if here is None or here[0] is not panel.world_from_panel or here[1] != panel.size_m:
                    here = panel.world_from_panel, panel.size_m, _world_from_quad(panel)
                self._hung[panel.id] = here  # most hang where they hung
                self._quads.append((here[2], picture.texture))

    def draw(self) -> None:
        """Blends the quads over the store and writes their depth, so that beams end on them."""
        if not self._quads:
            return
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        for world_from_quad, texture in self._quads:
            assign(self._program, "world_from_quad", world_from_quad)
            texture.use(PICTURE_UNIT)
            self._array.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._gl.disable(moderngl.BLEND)

    def release(self) -> None:
        """Gives everything back."""
        self._pictures.release()
        self._array.release()
        self._program.release()


def _world_from_quad(panel: PanelQuad) -> bytes:
    """Of a quad a metre wide and high, columns first, 32 bits."""
    matrix = panel.world_from_panel.T.astype(np.float32)
    matrix[0] *= panel.size_m[0]
    matrix[1] *= panel.size_m[1]
    return matrix.tobytes()


def farthest_first(panels: Sequence[PanelQuad], view: EyeView) -> list[PanelQuad]:
    """In the order in which they are blended; what is laid on a panel comes right after that."""
    eye = view.world_from_eye[:3, 3].tolist()
    away = {
        panel.id: math.dist(eye, panel.world_from_panel[:3, 3].tolist())
        for panel in panels
        if not panel.laid
    }
    under = panels[0].id
    order: list[tuple[float, int]] = []
    for number, panel in enumerate(panels):
        under = under if panel.laid else panel.id
        order.append((-away.get(under, 0.0), number))
    return [panels[number] for _, number in sorted(order)]
