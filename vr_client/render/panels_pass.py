"""Panels hanging in the store: their pictures as quads, blended, farthest first."""

import math
import struct
from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np

from vr_client.frame_packet import EyeView, PanelQuad, TextureUpdate
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
        self._places: dict[str, tuple[bytes, bytes]] = {}

    def prepare(self, panels: Sequence[PanelQuad], textures: Sequence[TextureUpdate]) -> None:
        """Once a frame, before any eye: draws the pictures that changed."""
        # Textures that go away may still be drawn with by nothing that is drawn now.
        self._pictures.update_textures(textures)
        self._pictures.keep_only({panel.id for panel in panels})
        for panel in panels:
            if panel.drawing is not None:
                self._pictures.draw(panel.id, panel.drawing)
        self._places = {
            panel.id: (
                panel.world_from_panel.T.astype(np.float32).tobytes(),
                struct.pack("2f", *panel.size_m),
            )
            for panel in panels
        }

    def draw(self, panels: Sequence[PanelQuad], view: EyeView) -> None:
        """Blends the quads over the store and writes their depth, so that beams end on them."""
        if not panels:
            return
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        for panel in farthest_first(panels, view):
            picture = self._pictures.picture(panel.id)
            if picture is None:
                continue
            world_from_panel, size_m = self._places[panel.id]
            assign(self._program, "world_from_panel", world_from_panel)
            assign(self._program, "size_m", size_m)
            picture.texture.use(PICTURE_UNIT)
            self._array.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._gl.disable(moderngl.BLEND)

    def release(self) -> None:
        """Gives everything back."""
        self._pictures.release()
        self._array.release()
        self._program.release()


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
