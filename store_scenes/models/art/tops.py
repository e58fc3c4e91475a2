"""Lids, flaps and seams: what is seen from above, and what holds film and board together."""

from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, stroke
from store_scenes.models.art.compositions.parts import dark, inside
from store_scenes.models.art.front import Front, Words, front_of
from store_scenes.models.art.grounds import ground
from store_scenes.models.art.logos import draw_logo
from store_scenes.models.art.text import Box, paint_of
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme, luminance, mix, relight


def draw_flap(canvas: Any, panel: Panel, scheme: Scheme, words: Words, base: Rgb) -> None:
    """The tuck flap of a box, `base` all over: logo and name, and the line where it folds."""
    front = front_of(canvas, panel, scheme, words, None, lettering=True)
    ground(front, base, base)
    width, height = panel.width_mm, panel.height_mm
    canvas.drawRect(
        skia.Rect.MakeXYWH(0, height * 0.045, width, max(0.4, height * 0.008)),
        paint_of(relight(base, 0.6), 0.7),
    )
    _words(front, base, front.box(0.0, 0.12, 1.0, 0.26), front.box(0.04, 0.42, 0.92, 0.46))


def draw_lid(canvas: Any, panel: Panel, scheme: Scheme, words: Words) -> None:
    """The lid or foil of a tub: a ring of colour, the picture, the name."""
    front = front_of(canvas, panel, scheme, words, None, lettering=True)
    width, height = panel.width_mm, panel.height_mm
    pale = mix(scheme.base, WHITE, 0.82)
    ground(front, scheme.base, relight(scheme.base, 0.92))
    round_lid = abs(width - height) < 0.25 * max(width, height)
    inset = 0.07 * min(width, height)
    rect = skia.Rect.MakeXYWH(inset, inset, width - 2 * inset, height - 2 * inset)
    corner = 0.5 * min(rect.width(), rect.height()) if round_lid else 2.0 * inset
    canvas.drawRoundRect(rect, corner, corner, paint_of(pale))
    canvas.drawRoundRect(
        rect, corner, corner, stroke(dark(scheme.base), 0.012 * min(width, height))
    )
    share = 0.62 if round_lid else 0.84
    area = Box(width * (1 - share) / 2, height * (1 - share) / 2, width * share, height * share)
    radius = 0.24 * min(area.width, area.height)
    front.picture((width / 2, area.y + area.height - radius), radius)
    logo = Box(area.x, area.y, area.width, 0.18 * area.height)
    name = Box(area.x, area.y + 0.20 * area.height, area.width, 0.32 * area.height)
    _words(front, pale, logo, name)


def _words(front: Front, on: tuple[int, int, int], logo: Box, name: Box) -> None:
    draw_logo(front, inside(logo, 0.06, 0.02), on, quiet=True)
    # One threshold and no shades: the far art is to have the same ink as the near.
    ink = WHITE if luminance(on) < 0.35 else dark(front.scheme.base, 0.05)
    front.text(
        front.words.name, name, ink, None, how=front.title_lettering(), lines=2,
        size_max=0.34 * front.area.height,
    )  # fmt: skip


def draw_trim(canvas: Any, panel: Panel, scheme: Scheme) -> None:
    """What film and board show where they are sealed or folded."""
    width, height = panel.width_mm, panel.height_mm
    if panel.trim == "seal":
        for top, tall in ((0.0, panel.clear[0] * height), (height * (1 - panel.clear[1]), 99.0)):
            canvas.drawRect(
                skia.Rect.MakeXYWH(-9, top, width + 18, tall), paint_of((206, 208, 212))
            )
            ridge = panel.clear[0] * height / 7
            for row in range(7):
                canvas.drawRect(
                    skia.Rect.MakeXYWH(-9, top + row * ridge, width + 18, ridge * 0.45),
                    paint_of((150, 153, 160), 0.75),
                )
    elif panel.trim == "roof":
        fold = panel.clear[0] * height
        line = paint_of(relight(scheme.base, 0.62), 0.8)
        canvas.drawRect(skia.Rect.MakeXYWH(0, fold - 0.25, width, 0.5), line)
