"""Panels' pictures: Dear ImGui's draw lists into one mip-mapped texture a panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import moderngl
import numpy as np

from vr_client.frame_packet import PANEL_VERTEX, PanelDrawing, TextureUpdate
from vr_client.render.context import GraphicsContext, assign

PICTURE_UNIT: Final = 0
SIDE_MAX_PX: Final = 8192
ANISOTROPY: Final = 8.0


@dataclass(frozen=True, slots=True)
class PanelPicture:
    """Premultiplied sRGB codes, bottom row first, with mip-maps."""

    size_px: tuple[int, int]
    texture: moderngl.Texture
    framebuffer: moderngl.Framebuffer

    def release(self) -> None:
        """Gives it back."""
        self.framebuffer.release()
        self.texture.release()


class PanelPictures:
    """Draws a panel's picture only when it changed; keeps the textures it is drawn with."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._graphics = graphics
        self._gl = graphics.gl
        self._program = graphics.program("interface.vert", "interface.frag")
        assign(self._program, "picture", PICTURE_UNIT)
        self._textures: dict[int, moderngl.Texture] = {}
        self._pictures: dict[str, PanelPicture] = {}
        self._vertices = self._gl.buffer(reserve=1 << 16, dynamic=True)
        self._indices = self._gl.buffer(reserve=1 << 16, dynamic=True)
        self._array = self._bind()

    def update_textures(self, updates: Sequence[TextureUpdate]) -> None:
        """Takes in new, changed and gone textures."""
        for update in updates:
            old = self._textures.get(update.key)
            if update.pixels is None:
                if old is not None:
                    self._textures.pop(update.key).release()
                continue
            height, width = update.pixels.shape[:2]
            if not 0 < max(width, height) <= SIDE_MAX_PX:
                raise ValueError(f"a panel texture of {width}x{height} pixels is out of bounds")
            data = np.ascontiguousarray(update.pixels, dtype=np.uint8).tobytes()
            if update.at is not None:
                _write_part(old, data, (*update.at, width, height))
                continue
            if old is not None and old.size == (width, height):
                old.write(data)
                continue
            if old is not None:
                old.release()
            texture = self._gl.texture((width, height), 4, data)
            texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
            texture.repeat_x = texture.repeat_y = False
            self._textures[update.key] = texture

    def draw(self, panel: str, drawing: PanelDrawing) -> None:
        """Redraws one panel's picture; commands with an unknown texture are left out."""
        picture = self._picture(panel, drawing.size_px)
        gl = self._gl
        picture.framebuffer.use()
        picture.framebuffer.scissor = (0, 0, *drawing.size_px)
        red, green, blue, alpha = drawing.background
        picture.framebuffer.clear(red * alpha, green * alpha, blue * alpha, alpha)
        self._upload(drawing)
        assign(self._program, "size_px", drawing.size_px)
        gl.disable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        gl.enable(moderngl.BLEND)
        gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        height = drawing.size_px[1]
        first = 0
        for command in drawing.commands:
            count = int(command["element_count"])
            texture = self._textures.get(int(command["texture"]))
            box = _scissor(command["clip"].tolist(), drawing.size_px)
            if count and texture is not None and box is not None:
                x0, y0, x1, y1 = box
                picture.framebuffer.scissor = (x0, height - y1, x1 - x0, y1 - y0)
                texture.use(PICTURE_UNIT)
                self._array.render(moderngl.TRIANGLES, vertices=count, first=first)
            first += count
        picture.framebuffer.scissor = (0, 0, *drawing.size_px)
        gl.disable(moderngl.BLEND)
        picture.texture.build_mipmaps()

    def picture(self, panel: str) -> PanelPicture | None:
        """The panel's picture, None when it was never drawn."""
        return self._pictures.get(panel)

    def keep_only(self, panels: set[str]) -> None:
        """Forgets pictures of panels that hang nowhere any more."""
        gone = self._pictures.keys() - panels
        if gone:
            self._graphics.bind_no_target()
        for panel in gone:
            self._pictures.pop(panel).release()

    def _picture(self, panel: str, size: tuple[int, int]) -> PanelPicture:
        old = self._pictures.get(panel)
        if old is not None and old.size_px == size:
            return old
        if not 0 < min(size) <= max(size) <= SIDE_MAX_PX:
            raise ValueError(f"a panel of {size[0]}x{size[1]} pixels is out of bounds")
        if old is not None:
            self._graphics.bind_no_target()
            old.release()
        texture = self._gl.texture(size, 4)
        texture.build_mipmaps()  # before the framebuffer: Mesa 22 draws into nothing otherwise
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        texture.repeat_x = texture.repeat_y = False
        texture.anisotropy = self._graphics.anisotropy(ANISOTROPY)
        picture = PanelPicture(size, texture, self._gl.framebuffer([texture]))
        self._pictures[panel] = picture
        return picture

    def _upload(self, drawing: PanelDrawing) -> None:
        """Streams the lists in; every index becomes absolute, in the order commands draw them."""
        parts = [
            drawing.indices[c["index_offset"] : c["index_offset"] + c["element_count"]].astype(
                np.uint32
            )
            + c["vertex_offset"]
            for c in drawing.commands
        ]
        indices = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
        vertices = np.ascontiguousarray(drawing.vertices).tobytes()
        if len(vertices) > self._vertices.size or indices.nbytes > self._indices.size:
            self._vertices.orphan(max(self._vertices.size, 2 * len(vertices)))
            self._indices.orphan(max(self._indices.size, 2 * indices.nbytes))
        else:
            self._vertices.orphan()
            self._indices.orphan()
        self._vertices.write(vertices)
        self._indices.write(indices.astype(np.uint32).tobytes())

    def _bind(self) -> moderngl.VertexArray:
        assert PANEL_VERTEX.itemsize == 20
        return self._gl.vertex_array(
            self._program,
            [(self._vertices, "2f 2f 4f1", "in_position", "in_uv", "in_colour")],
            self._indices,
            4,
        )

    def release(self) -> None:
        """Gives everything back."""
        self.keep_only(set())
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()
        for thing in (self._array, self._vertices, self._indices, self._program):
            thing.release()


def _write_part(
    texture: moderngl.Texture | None, data: bytes, part: tuple[int, int, int, int]
) -> None:
    """Pixels `data` into `part` (left, top, width, height) of a texture; nothing where it is gone.

    Raises:
        ValueError: the part is not inside the texture.
    """
    if texture is None:
        return
    left, top, width, height = part
    if min(left, top) < 0 or left + width > texture.width or top + height > texture.height:
        raise ValueError(f"{part} is no part of a panel texture of {texture.size}")
    texture.write(data, viewport=part)


def _scissor(clip: list[float], size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """A command's clip box in whole pixels inside the picture, None when nothing is left."""
    x0, y0 = max(int(clip[0]), 0), max(int(clip[1]), 0)
    x1, y1 = min(int(np.ceil(clip[2])), size[0]), min(int(np.ceil(clip[3])), size[1])
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None
