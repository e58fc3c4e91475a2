"""Draws one panel after another with Dear ImGui and remembers every text and every target.

Only ImGui's draw lists are used: what a press means is decided by `vr_client.ui.actions` from
the targets, so one press is one action, in the frame in which the button goes down. Textures
follow the protocol of ImGui 1.92: glyphs are drawn into the atlas when first needed.
"""

import ctypes
import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from imgui_bundle import imgui

from vr_client.frame_packet import PANEL_COMMAND, PANEL_VERTEX, PanelDrawing, TextureUpdate
from vr_client.ui import theme
from vr_client.ui.fontfile import line_height_em
from vr_client.ui.marks import DrawnText, Rect, Target

PIXELS_PER_UNIT = 2.0
"""A headset shows 20 to 25 pixels a degree: 1.2 to 1.4 a unit; twice that leaves room to lean."""

ATLAS_KEY_FIRST = 1
PICTURE_KEY_FIRST = 1 << 20
"""Texture keys below are glyph atlases; product pictures are counted from here."""

Face = tuple[Path, int]
"""A font file and the face inside it."""

Align = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class PanelPicture:
    """A drawn panel: its size in panel units, its draw commands and what they say."""

    size: tuple[float, float]
    drawing: PanelDrawing
    texts: tuple[DrawnText, ...]
    targets: tuple[Target, ...]


@functools.cache  # the looks have a few dozen colours, and a card uses one of them 140 times
def colour(hex_rgb: str, alpha: float = 1.0) -> int:
    """ImGui's packed colour (red in the lowest byte) of `rrggbb`, with or without `#`."""
    red, green, blue = bytes.fromhex(hex_rgb.removeprefix("#"))
    return red | green << 8 | blue << 16 | round(alpha * 255) << 24


class Canvas:
    """One ImGui context. begin, draw, finish; then the next panel. Not for several threads."""

    def __init__(self, regular: Face, bold: Face) -> None:
        self._context = imgui.create_context()
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.set_ini_filename("")
        io.delta_time = 1.0 / 60.0
        io.backend_flags |= (
            imgui.BackendFlags_.renderer_has_textures.value
            | imgui.BackendFlags_.renderer_has_vtx_offset.value
        )
        self._fonts = [self._add_font(face) for face in (regular, bold)]
        self._line_em = [line_height_em(*face) for face in (regular, bold)]
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._readable: dict[str, str] = {}
        self._next_key = ATLAS_KEY_FIRST
        self.look = theme.LOOKS["usual"]
        """How colours are drawn from the next panel on."""
        self._changed: list[TextureUpdate] = []
        self._dying: list[int] = []
        self._dead: list[int] = []

    def close(self) -> None:
        """Free the context; the canvas cannot be used after."""
        imgui.set_current_context(self._context)
        for texture in imgui.get_platform_io().textures:
            texture.set_status(imgui.ImTextureStatus.destroyed)
        imgui.destroy_context(self._context)

    # ------------------------------------------------------------ one panel

    def begin(
        self, panel: str, width: float, height: float, hovered: str = "", margin: float = 0.0
    ) -> None:
        """Start the panel called `panel`, `width` by `height` units within `margin` of nothing."""
        imgui.set_current_context(self._context)
        self._panel, self._hovered, self._margin = panel, hovered, margin
        self._size = (width + 2.0 * margin, height + 2.0 * margin)
        self._texts: list[DrawnText] = []
        self._targets: list[Target] = []
        imgui.get_io().display_size = imgui.ImVec2(
            *(round(s * PIXELS_PER_UNIT) for s in self._size)
        )
        imgui.new_frame()
        self._list = imgui.get_background_draw_list()

    def finish(self) -> PanelPicture:
        """The panel that was begun; its glyphs are among `texture_updates`."""
        imgui.render()
        data = imgui.get_draw_data()
        self._take_textures()
        width, height = (round(s * PIXELS_PER_UNIT) for s in self._size)
        drawing = _drawing(data, (width, height))
        return PanelPicture(self._size, drawing, tuple(self._texts), tuple(self._targets))

    def texture_updates(self) -> tuple[TextureUpdate, ...]:
        """What changed since the last call. An atlas outlives by one call what drew with it."""
        # A panel of this call may still draw with an atlas that a later panel replaced.
        gone = [TextureUpdate(key, None) for key in self._dead]
        updates = [*self._changed, *gone]
        self._changed, self._dead, self._dying = [], self._dying, []
        return tuple(updates)

    # ------------------------------------------------------------ shapes

    def drawn_ink(self, hex_rgb: str) -> str:
        """The colour that `hex_rgb` of the usual look is drawn in."""
        return self.look.inks.get(hex_rgb, hex_rgb)

    def box(self, rect: Rect, hex_rgb: str, radius: float = 0.0, alpha: float = 1.0) -> None:
        """A filled rectangle, its corners rounded by `radius`."""
        low, high = self._corners(rect)
        ink = colour(self.drawn_ink(hex_rgb), alpha)
        self._list.add_rect_filled(low, high, ink, radius * PIXELS_PER_UNIT)
        edge = self.look.edges.get(hex_rgb, 0.0)
        if edge:
            ink = colour(self.look.edge_ink)
            self._list.add_rect(low, high, ink, radius * PIXELS_PER_UNIT, edge * PIXELS_PER_UNIT)

    def outline(
        self, rect: Rect, hex_rgb: str, radius: float = 0.0, thickness: float = 0.7
    ) -> None:
        """The edge of a rectangle."""
        low, high = self._corners(rect)
        thickness = max(thickness * self.look.stroke, self.look.thinnest)
        ink = colour(self.drawn_ink(hex_rgb))
        self._list.add_rect(low, high, ink, radius * PIXELS_PER_UNIT, thickness * PIXELS_PER_UNIT)

    def line(
        self, points: Sequence[tuple[float, float]], hex_rgb: str, thickness: float = 0.7
    ) -> None:
        """A stroke through `points` with round ends."""
        for point in points:
            self._list.path_line_to(self._point(*point))
        self._list.path_stroke(colour(self.drawn_ink(hex_rgb)), thickness * PIXELS_PER_UNIT)
        for x, y in (points[0], points[-1]):
            self.disc(x, y, thickness / 2.0, hex_rgb)

    def fill(self, points: Sequence[tuple[float, float]], hex_rgb: str, alpha: float = 1.0) -> None:
        """A filled convex shape with these corners."""
        for point in points:
            self._list.path_line_to(self._point(*point))
        self._list.path_fill_convex(colour(self.drawn_ink(hex_rgb), alpha))

    def disc(self, x: float, y: float, radius: float, hex_rgb: str, alpha: float = 1.0) -> None:
        """A filled circle."""
        self._list.add_circle_filled(
            self._point(x, y), radius * PIXELS_PER_UNIT, colour(self.drawn_ink(hex_rgb), alpha)
        )
        edge = self.look.edges.get(hex_rgb, 0.0)
        if edge:
            self.ring(x, y, radius, self.look.edge_ink, edge)

    def ring(self, x: float, y: float, radius: float, hex_rgb: str, thickness: float) -> None:
        """A circle's edge."""
        self._list.add_circle(
            self._point(x, y),
            radius * PIXELS_PER_UNIT,
            colour(self.drawn_ink(hex_rgb)),
            0,
            thickness * PIXELS_PER_UNIT,
        )

    def image(self, key: int, rect: Rect, radius: float = 0.0) -> None:
        """The texture `key` (see PICTURE_KEY_FIRST) stretched over `rect`."""
        low, high = self._corners(rect)
        self._list.add_image_rounded(
            imgui.ImTextureRef(key),
            low,
            high,
            imgui.ImVec2(0.0, 0.0),
            imgui.ImVec2(1.0, 1.0),
            colour("ffffff"),
            radius * PIXELS_PER_UNIT,
        )

    def target(self, target_id: str, rect: Rect) -> bool:
        """Declare that `rect` can be pressed; True while the pointer is over it."""
        moved = tuple(side + self._margin for side in rect)
        self._targets.append(
            Target(self._panel, target_id, (moved[0], moved[1], moved[2], moved[3]))
        )
        return target_id == self._hovered

    # ------------------------------------------------------------ text

    def readable(self, text: str) -> str:
        """`text` in NFC without what the fonts have no glyph for."""
        if text not in self._readable:
            if len(self._readable) > 4096:
                self._readable.clear()
            self._readable[text] = "".join(
                letter
                for letter in unicodedata.normalize("NFC", text)
                if all(font.is_glyph_in_font(ord(letter)) for font in self._fonts)
            )
        return self._readable[text]

    def width(self, text: str, em: float, bold: bool = False) -> float:
        """How wide `text` is drawn, in panel units."""
        key = (text, em, bold)
        if key not in self._widths:
            if len(self._widths) > 8192:
                self._widths.clear()
            imgui.push_font(self._fonts[bold], em * self._line_em[bold] * PIXELS_PER_UNIT)
            self._widths[key] = imgui.calc_text_size(text).x / PIXELS_PER_UNIT
            imgui.pop_font()
        return self._widths[key]

    def fitting(self, text: str, em: float, least: float, width: float) -> float:
        """`em` where `text` fits into `width` with it, else `least`.

        None between: each size of letters is drawn anew.
        """
        return em if self.width(self.readable(text), em) <= width else least

    def shorten(self, text: str, em: float, width: float, bold: bool = False) -> str:
        """`text`, or as much of it as fits in `width` with an ellipsis."""
        text = self.readable(text)
        if self.width(text, em, bold) <= width:
            return text
        while text and self.width(text.rstrip() + "…", em, bold) > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def text(
        self,
        role: str,
        text: str,
        x: float,
        middle: float,
        em: float,
        hex_rgb: str,
        *,
        bold: bool = False,
        align: Align = "left",
        width: float = 1e6,
    ) -> Rect:
        """One line around the height `middle`, aligned at `x`, shortened to `width`."""
        shown = self.shorten(text, em, width, bold)
        wide = self.width(shown, em, bold)
        left = x - {"left": 0.0, "middle": wide / 2.0, "right": wide}[align]
        high = em * self._line_em[bold]
        rect = (left, middle - high / 2.0, left + wide, middle + high / 2.0)
        place = self._point(rect[0], rect[1])
        # On whole pixels strokes stay sharp.
        place = imgui.ImVec2(round(place.x), round(place.y))
        size = high * PIXELS_PER_UNIT
        ink = colour(self.drawn_ink(hex_rgb))
        self._list.add_text(self._fonts[bold], size, place, ink, shown)
        moved = [side + self._margin for side in rect]
        self._texts.append(
            DrawnText(self._panel, role, shown, (moved[0], moved[1], moved[2], moved[3]), em)
        )
        return rect

    def paragraph(
        self,
        role: str,
        text: str,
        x: float,
        top: float,
        width: float,
        em: float,
        hex_rgb: str,
        *,
        bold: bool = False,
        lines_max: int = 3,
        centred: bool = False,
    ) -> float:
        """`text` over at most `lines_max` lines from `top`; where the next thing can begin.

        With `centred` they are as far above `top` as below it.
        """
        pitch = em * 1.3
        lines = self._wrap(self.readable(text), em, width, bold, lines_max)
        if centred:
            top -= pitch * len(lines) / 2.0
        for number, line in enumerate(lines):
            self.text(
                role, line, x, top + pitch * (number + 0.5), em, hex_rgb, bold=bold, width=width
            )
            bottom = top + pitch * (number + 1)
        return bottom

    def lines(
        self, text: str, em: float, width: float, *, bold: bool = False, lines_max: int = 3
    ) -> int:
        """How many lines `paragraph` would draw; also before a panel is begun."""
        imgui.set_current_context(self._context)
        return len(self._wrap(self.readable(text), em, width, bold, lines_max))

    def _wrap(self, text: str, em: float, width: float, bold: bool, lines_max: int) -> list[str]:
        lines: list[str] = []
        words = text.split()
        while words and len(lines) < lines_max - 1:
            count = 1
            while (
                count < len(words) and self.width(" ".join(words[: count + 1]), em, bold) <= width
            ):
                count += 1
            lines.append(" ".join(words[:count]))
            words = words[count:]
        if words or not lines:
            lines.append(" ".join(words))
        return lines

    # ------------------------------------------------------------ ImGui

    @staticmethod
    def _add_font(face: Face) -> Any:
        config = imgui.ImFontConfig()
        config.font_no = face[1]
        return imgui.get_io().fonts.add_font_from_file_ttf(str(face[0]), 24.0, config)

    def _point(self, x: float, y: float) -> Any:
        return imgui.ImVec2(
            (x + self._margin) * PIXELS_PER_UNIT, (y + self._margin) * PIXELS_PER_UNIT
        )

    def _corners(self, rect: Rect) -> tuple[Any, Any]:
        return self._point(rect[0], rect[1]), self._point(rect[2], rect[3])

    def _take_textures(self) -> None:
        status = imgui.ImTextureStatus
        for texture in imgui.get_platform_io().textures:
            if texture.status == status.want_destroy:
                self._dying.append(texture.get_tex_id())
                texture.set_tex_id(0)
                texture.set_status(status.destroyed)
            elif texture.status in {status.want_create, status.want_updates}:
                shape = (texture.height, texture.width, 4)
                pixels = np.asarray(texture.get_pixels_array(), np.uint8).reshape(shape)
                at = None
                if texture.status == status.want_create:
                    texture.set_tex_id(self._next_key)
                    self._next_key += 1
                else:  # a few glyphs of an atlas of megabytes
                    part = texture.update_rect
                    at = part.x, part.y
                    pixels = pixels[part.y : part.y + part.h, part.x : part.x + part.w]
                self._changed.append(TextureUpdate(int(texture.get_tex_id()), pixels.copy(), at))
                texture.set_status(status.ok)


def _drawing(data: Any, size_px: tuple[int, int]) -> PanelDrawing:
    """Copies ImGui's buffers, which live only until its next frame, into one drawing."""
    vertices: list[Any] = []
    indices: list[Any] = []
    commands: list[tuple[Any, ...]] = []
    vertex_base = index_base = 0
    for part in data.cmd_lists:
        vertices.append(_copy(part.vtx_buffer, PANEL_VERTEX))
        indices.append(_copy(part.idx_buffer, np.dtype(np.uint32)))
        commands.extend(
            (
                (
                    command.clip_rect.x,
                    command.clip_rect.y,
                    command.clip_rect.z,
                    command.clip_rect.w,
                ),
                command.get_tex_id(),
                command.elem_count,
                command.idx_offset + index_base,
                command.vtx_offset + vertex_base,
            )
            for command in part.cmd_buffer
            if command.elem_count
        )
        vertex_base += len(vertices[-1])
        index_base += len(indices[-1])
    return PanelDrawing(
        size_px,
        np.concatenate(vertices) if vertices else np.empty(0, PANEL_VERTEX),
        np.concatenate(indices) if indices else np.empty(0, np.uint32),
        np.array(commands, PANEL_COMMAND),
    )


def _copy(buffer: Any, kind: np.dtype[Any]) -> Any:
    count = buffer.size()
    if count == 0:
        return np.empty(0, kind)
    raw = ctypes.string_at(buffer.data_address(), count * kind.itemsize)
    return np.frombuffer(raw, kind)
