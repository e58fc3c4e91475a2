"""A fruit or vegetable for its card: its own skin on a lit round form."""

from dataclasses import replace
from typing import Any

import skia

from store_scenes.models.art.brushes import colour_of, leaf, stroke
from store_scenes.models.art.motifs import draw_motif
from store_scenes.models.art.skins import TONES, draw_skin
from store_scenes.models.art.text import Box, paint_of
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme

PAINTED = {
    "banana": "banana", "broccoli": "broccoli", "grapes": "grapes", "lettuce": "broccoli",
    "mushroom": "mushroom", "spring-onion": "broccoli",
}  # fmt: skip
"""Forms that are no round thing: the picture that packs of them carry."""

_STEMMED = frozenset({"apple", "pear", "citrus", "plum", "peach", "mango", "lemon", "pomegranate"})
_CROWNED = frozenset({"tomato", "pepper", "aubergine", "persimmon", "chilli", "carrot", "radish",
                      "pineapple", "kohlrabi"})  # fmt: skip
GREEN = (88, 142, 62)


def draw_produce(
    canvas: Any, panel: Panel, form: str, scheme: Scheme, box: Box, *, coloured: bool
) -> None:
    """Fill `box` (pixels) with the thing; `coloured` when the catalogue gave its colour."""
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    if form in PAINTED:
        radius = 0.5 * min(box.width, box.height)
        draw_motif(canvas, replace(scheme, picture=PAINTED[form]), middle, radius)
        return
    oval = skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height)
    outline = skia.Path()
    # A long thing has blunter ends than an ellipse.
    blunt = 0.5 * min(box.width, box.height)
    outline.addRoundRect(oval, blunt, blunt) if max(box.width, box.height) > 1.5 * min(
        box.width, box.height
    ) else outline.addOval(oval)
    canvas.save()
    canvas.clipPath(outline, skia.ClipOp.kIntersect, True)
    canvas.save()
    canvas.translate(box.x, box.y)
    canvas.scale(box.width / (0.5 * panel.width_mm), box.height / panel.height_mm)
    canvas.translate(-0.25 * panel.width_mm, 0)
    tone = scheme.base if coloured else TONES.get(form, scheme.item)
    draw_skin(canvas, panel, form, tone, scheme.seed)
    canvas.restore()
    _light(canvas, box)
    canvas.restore()
    _top(canvas, form, box)


def _light(canvas: Any, box: Box) -> None:
    """Bright towards the upper left, dark at the rim."""
    reach = 0.5 * max(box.width, box.height)
    shade = skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeRadial(
            center=skia.Point(0.36, 0.30),
            radius=0.82,
            colors=[colour_of((255, 255, 255), 0.42), colour_of((255, 255, 255), 0.0),
                    colour_of((0, 0, 0), 0.0), colour_of((0, 0, 0), 0.55)],
            positions=[0.0, 0.30, 0.45, 1.0],
            localMatrix=skia.Matrix.Translate(box.x, box.y).preScale(box.width, box.height),
        ),
    )  # fmt: skip
    canvas.drawRect(
        skia.Rect.MakeXYWH(box.x - reach, box.y - reach, box.width + 2 * reach,
                           box.height + 2 * reach),
        shade,
    )  # fmt: skip


def _top(canvas: Any, form: str, box: Box) -> None:
    x, y, unit = box.x + box.width / 2, box.y, min(box.width, box.height)
    if form in _STEMMED:
        canvas.drawLine(x, y + 0.08 * unit, x + 0.04 * unit, y - 0.10 * unit,
                        stroke((104, 76, 44), 0.035 * unit))  # fmt: skip
        leaf(canvas, (x + 0.03 * unit, y - 0.03 * unit), 0.30 * unit, 64)
    elif form in _CROWNED:
        for angle in (-72, -36, 0, 36, 72):
            leaf(canvas, (x, y + 0.07 * unit), 0.26 * unit, angle, GREEN, slim=0.26)
        canvas.drawCircle(x, y + 0.06 * unit, 0.05 * unit, paint_of(GREEN))
