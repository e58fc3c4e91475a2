"""The front of a pack being laid out: its regions, its words on what they lie on, its logo."""

import functools
import math
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import skia
from numpy.typing import NDArray

from store_scenes.models.art.brushes import WHITE
from store_scenes.models.art.motifs import draw_motif
from store_scenes.models.art.text import (
    Align,
    Anchor,
    Box,
    Lettering,
    draw_text,
    paint_of,
    place_text,
)
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme, luminance, mix
from store_scenes.typefaces import covers

BLEED_MM = 9.0
"""Grounds run on beyond the panel, into its gutter."""

CONTRAST_LEAST = 3.2
CONTRAST = 4.0
"""Words against what they lie on (WCAG 2.2 asks 3 of large text, 4.5 of small)."""

READABLE_PX = 2.6
"""Letters smaller than that are not drawn: they would only dirty the ground."""

WIDE = 1.35
"""A front this many times as wide as high has its picture beside the words."""

NAME_SHARE = 0.92
"""Of what a composition asks for its name: the picture gets the rest."""

INK: Rgb = (30, 30, 34)


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a pack; `claims` are short things that its name says (`무가당`)."""

    brand: str
    name: str
    small: str
    size: str
    claims: tuple[str, ...] = ()
    hot: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """Words where they were drawn, in millimetres of the panel, and the colours they show."""

    text: str
    box: Box
    ink: Rgb
    outline: Rgb | None
    turned_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Where things go on one front. `hero` is the picture's middle and radius."""

    logo: Box
    name: Box
    hero: tuple[float, float, float]
    foot: Box


def contrast(first: Rgb, second: Rgb) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@functools.lru_cache(maxsize=16384)
def legible(ink: Rgb, ground: Rgb, least: float = CONTRAST) -> Rgb:
    """`ink`, moved towards black or white until it can be read on `ground`."""
    if contrast(ink, ground) >= least:
        return ink
    goal: Rgb = WHITE if contrast(WHITE, ground) > contrast(INK, ground) * 0.8 else (12, 12, 16)
    for step in range(1, 11):
        nearer = mix(ink, goal, step / 10)
        if contrast(nearer, ground) >= least:
            return nearer
    return goal


_LINEAR = np.array([luminance((level, level, level)) for level in range(256)], np.float32)
"""Of a grey; the luminance of a colour is these times the weights of its channels."""

_WEIGHTS = np.array((0.2126, 0.7152, 0.0722), np.float32)
_ACROSS = np.linspace(0.04, 0.96, 8)
_DOWN = np.array((0.10, 0.37, 0.63, 0.90))
READ_BY_MOST = 3
"""So many of the places looked at may be hard to read on: a thin line, a drop."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The pixels drawn so far, and where millimetres of the panel are in them."""

    pixels: NDArray[np.uint8]
    scale: tuple[float, float]
    shift: tuple[float, float]

    def luminances(self, box: Box) -> NDArray[np.float32]:
        """(32,) relative luminance at places spread over `box`."""
        rows, columns = self.pixels.shape[:2]
        x = (box.x + _ACROSS * box.width) * self.scale[0] + self.shift[0]
        y = (box.y + _DOWN * box.height) * self.scale[1] + self.shift[1]
        across = np.clip(x, 0, columns - 1).astype(np.intp)
        down = np.clip(y, 0, rows - 1).astype(np.intp)
        colours = self.pixels[down[:, None], across[None, :], :3]
        return (_LINEAR[colours] @ _WEIGHTS).ravel()


def _readable(ink: Rgb, lights: NDArray[np.float32]) -> bool:
    """Whether `ink` can be read on nearly all of what was seen."""
    own = luminance(ink)
    ratios = (np.maximum(lights, own) + 0.05) / (np.minimum(lights, own) + 0.05)
    return bool(np.count_nonzero(ratios < CONTRAST_LEAST) < READ_BY_MOST)


def _seen_ink(
    ink: Rgb, on: Rgb, lights: NDArray[np.float32], how: Lettering
) -> tuple[Rgb, Lettering, Rgb | None]:
    """`ink` as it is, or another, or with an outline, after a look at what lies there."""
    if _readable(ink, lights):
        return ink, how, None
    for other in (legible(ink, on, 6.0), (12, 12, 16), WHITE):
        if _readable(other, lights):
            return other, how, None
    light = luminance(ink) > 0.3
    around: Rgb = (24, 24, 28) if light else WHITE
    return legible(ink, around), replace(how, outline=max(how.outline, 0.18)), around


@dataclass(frozen=True, slots=True)
class Front:
    """`whole` is covered with colour, words keep to `area`. Millimetres, y down."""

    canvas: Any
    scheme: Scheme
    words: Words
    whole: Box
    area: Box
    round: bool = False
    px_per_mm: float = 2.0
    lettering: bool = True
    written: list[Written] = field(default_factory=list)
    seen: "Seen | None" = None

    @property
    def wide(self) -> bool:
        """Whether the picture goes beside the words."""
        return self.area.width > WIDE * self.area.height

    @property
    def unit(self) -> float:
        """A length that suits the panel: line widths and corners are shares of it."""
        return min(self.area.width, self.area.height)

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """A box in shares of the area."""
        area = self.area
        return Box(
            area.x + left * area.width,
            area.y + top * area.height,
            width * area.width,
            height * area.height,
        )

    def plan(self, order: Literal["name", "hero", "low"] = "name", name: float = 0.34) -> Plan:
        """The regions: under the logo the name and then the picture, or the picture first.

        `name` is the share of the height that the name has; `low` puts it at the foot, over the
        picture. On a wide front the words are on the left in any order.
        """
        area = self.area
        if self.wide:
            right = min(0.44 * area.width, 1.06 * area.height)
            left = (area.width - right) / area.width
            radius = min(right / 2 * 0.94, area.height * 0.52)
            hero = (area.x + area.width - right / 2, area.y + area.height / 2, radius)
            return Plan(
                self.box(0.0, 0.0, left - 0.02, 0.20),
                self.box(0.0, 0.24, left - 0.02, 0.56),
                hero,
                self.box(0.0, 0.85, left - 0.02, 0.13),
            )
        if self.round and area.height < 1.3 * area.width:
            return self._label_plan(order)
        name *= NAME_SHARE
        logo = 0.105 if area.height > area.width else 0.14
        foot = 0.06
        left_over = 1.0 - logo - 0.03 - name - 0.02 - foot - 0.01
        tops = {
            "name": (logo + 0.03, logo + 0.03 + name + 0.02),
            "hero": (1.0 - foot - 0.01 - name, logo + 0.02),
            "low": (1.0 - foot - 0.01 - name, logo + 0.02),
        }[order]
        most = (0.47 if area.height < 2 * area.width else 0.56) * area.width
        radius = min(most, left_over / 2 * area.height * 1.07)
        middle = tops[1] + left_over / 2 - 0.008
        return Plan(
            self.box(0.0, 0.0, 1.0, logo),
            self.box(0.0, tops[0], 1.0, name),
            (area.x + area.width / 2, area.y + middle * area.height, radius),
            self.box(0.0, 1.0 - foot, 1.0, foot),
        )

    def _label_plan(self, order: Literal["name", "hero", "low"]) -> Plan:
        """A label around something round: short, so the name is large and the size in a corner."""
        area = self.area
        tops = (0.17, 0.80) if order == "name" else (0.53, 0.335)
        radius = min(0.40 * area.width, (0.245 if order == "name" else 0.20) * area.height)
        return Plan(
            self.box(0.0, 0.0, 1.0, 0.145),
            self.box(0.0, tops[0], 1.0, 0.38 if order == "name" else 0.35),
            (area.x + area.width / 2, area.y + tops[1] * area.height, radius),
            self.box(0.64, 0.915, 0.36, 0.085),
        )

    def rect(self, box: Box, paint: Any, corner: float = 0.0) -> None:
        """A filled rectangle."""
        shape = skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height)
        if corner:
            self.canvas.drawRoundRect(shape, corner, corner, paint)
        else:
            self.canvas.drawRect(shape, paint)

    def picture(self, at: tuple[float, float], radius: float, turn_deg: float = 0.0) -> None:
        """The scheme's picture."""
        if turn_deg:
            self.canvas.save()
            self.canvas.rotate(turn_deg, *at)
        draw_motif(self.canvas, self.scheme, at, radius)
        if turn_deg:
            self.canvas.restore()

    def text(
        self,
        text: str,
        box: Box,
        ink: Rgb,
        on: Rgb | None,
        *,
        how: Lettering | None = None,
        outline: Rgb | None = None,
        lines: int = 1,
        size_max: float = 1e9,
        align: Align = "centre",
        anchor: Anchor = "middle",
        turned_deg: float = 0.0,
    ) -> Box | None:
        """Words that can be read `on` that colour, or on their `outline`; None: nothing drawn."""
        how = how or Lettering()
        around = outline if how.outline else None
        ground = around if around is not None else on
        if ground is not None:
            ink = legible(ink, ground)
        if not text or box.width <= 0 or box.height <= 0:
            return None
        if box.height / lines * self.px_per_mm < READABLE_PX:
            return None
        if self.seen is not None and on is not None and around is None and not turned_deg:
            _, taken = place_text(
                text, box, how, size_max=size_max, lines_max=lines, align=align, anchor=anchor
            )
            ink, how, around = _seen_ink(ink, on, self.seen.luminances(taken), how)
        taken = draw_text(
            self.canvas if self.lettering else _NOWHERE,
            text,
            box,
            ink,
            lettering=how,
            outline_ink=around,
            size_max=size_max,
            lines_max=lines,
            align=align,
            anchor=anchor,
        )
        if taken.width > 0:
            self.written.append(Written(text, taken, ink, around, turned_deg))
        return taken

    def title(
        self,
        box: Box,
        ink: Rgb,
        on: Rgb,
        *,
        outline: Rgb | None = None,
        align: Align = "centre",
        how: Lettering | None = None,
        tilt_deg: float = 0.0,
        small_ink: Rgb | None = None,
        small_on: Rgb | None = None,
    ) -> None:
        """The large name and under it the small one, set as the brand sets names."""
        words, canvas = self.words, self.canvas
        how = how or self.title_lettering(outlined=outline is not None)
        if how.weight != "bold" and not covers(words.name + words.small, how.weight):
            # A name in two typefaces looks torn.
            how = replace(how, weight="bold")
        if tilt_deg:
            canvas.save()
            canvas.rotate(tilt_deg, box.x + box.width / 2, box.y + box.height / 2)
            # The corners of what is turned stay inside.
            lose = abs(math.sin(math.radians(tilt_deg))) * box.width * 0.5
            box = Box(
                box.x + lose * 0.12, box.y + lose, box.width - lose * 0.24, box.height - 2 * lose
            )
        share = 0.72 if words.small else 1.0
        name = Box(box.x, box.y, box.width, box.height * share)
        self.text(
            words.name,
            name,
            ink,
            on,
            how=how,
            outline=outline,
            align=align,
            lines=4 if len(words.name) > 24 else (3 if box.height > 0.42 * box.width else 2),
            size_max=0.40 * box.width,
            anchor="bottom" if words.small else "middle",
            turned_deg=tilt_deg,
        )
        if words.small:
            below = Box(
                box.x, box.y + box.height * (share + 0.04), box.width, box.height * (0.96 - share)
            )
            self.text(
                words.small,
                below,
                small_ink or ink,
                small_on or on,
                how=Lettering(
                    "regular" if how.weight != "round" else "round",
                    outline=0.16 if outline is not None else 0.0,
                ),
                outline=outline,
                lines=2,
                size_max=0.11 * box.width,
                align=align,
                anchor="top",
                turned_deg=tilt_deg,
            )
        if tilt_deg:
            canvas.restore()

    def title_lettering(self, *, outlined: bool = False) -> Lettering:
        """How this brand sets the names of its goods."""
        brand = self.scheme.brand
        return Lettering(brand.title, brand.slant, brand.squeeze, 0.0, 0.17 if outlined else 0.0)

    def size(
        self, box: Box, ink: Rgb, on: Rgb, align: Literal["left", "centre", "right"] = "centre"
    ) -> None:
        """How much is in it."""
        self.text(
            self.words.size,
            box,
            ink,
            on,
            size_max=min(box.height, 0.085 * self.area.width),
            align=align,
        )

    def clip(self) -> None:
        """Keep what follows on the panel and its gutter."""
        whole = self.whole
        self.canvas.clipRect(skia.Rect.MakeXYWH(-1, -1, whole.width + 2, whole.height + 2))


class _Nowhere:
    """A canvas that draws nothing: words are measured and noted only."""

    def drawString(self, *_args: object) -> None:  # noqa: N802 - as skia.Canvas
        """Nothing."""

    def drawTextBlob(self, *_args: object) -> None:  # noqa: N802 - as skia.Canvas
        """Nothing."""


_NOWHERE: Any = _Nowhere()


def front_of(
    canvas: Any,
    panel: Panel,
    scheme: Scheme,
    words: Words,
    pixels: NDArray[np.uint8] | None,
    *,
    lettering: bool,
) -> Front:
    """The front on a panel; the canvas is in millimetres with the panel's top left as origin.

    `pixels` are those that the canvas draws into, if they can be looked at.
    """
    matrix = canvas.getTotalMatrix()
    scale = (matrix.getScaleX(), matrix.getScaleY())
    seen = None
    if pixels is not None:
        seen = Seen(pixels, scale, (matrix.getTranslateX(), matrix.getTranslateY()))
    width, height = panel.width_mm, panel.height_mm
    margin = 0.05 * min(width * panel.safe, height)
    top, bottom = (share * height for share in panel.clear)
    across = width * panel.safe
    area = Box(
        (width - across) / 2 + margin,
        top + margin,
        across - 2 * margin,
        height - top - bottom - 2 * margin,
    )
    return Front(
        canvas, scheme, words, Box(0, 0, width, height), area, panel.round, scale[1], lettering,
        seen=seen,
    )  # fmt: skip


def fade(ink: Rgb, share: float = 0.5) -> Any:
    """A translucent fill."""
    return paint_of(ink, share)
