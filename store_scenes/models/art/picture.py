"""A product's picture for its card: the front of the pack on a soft tinted ground."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.art.brushes import WHITE, ball, gradient
from store_scenes.models.art.fronts import draw_front
from store_scenes.models.art.package_art import words_of
from store_scenes.models.art.produce_picture import draw_produce
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.text import Box, draw_text, paint_of
from store_scenes.models.mesh import PICTURE_SIZE
from store_scenes.models.panel import Panel, panel_of
from store_scenes.models.scheme import Scheme, mix, relight, scheme_of
from store_scenes.models.shapes.kinds.produce import form_of
from store_scenes.models.shapes.registry import SHAPES


def front_picture(product: Product, languages: tuple[str, str] = ("ko", "en")) -> NDArray[np.uint8]:
    """(256, 256, 4) u1 sRGB, opaque, top row first.

    A product with a model of its own shows a monogram: this place does not know its mesh.

    Raises:
        Failure: no font with Hangul on this machine.
    """
    scheme = scheme_of(product)
    pixels, surface = sheet(PICTURE_SIZE, PICTURE_SIZE, WHITE)
    canvas = surface.getCanvas()
    side = float(PICTURE_SIZE)
    tint = mix(scheme.pale, (240, 240, 240), 0.35)
    canvas.drawRect(
        skia.Rect.MakeWH(side, side), gradient((0, 0), (0, side), mix(tint, WHITE, 0.6), tint)
    )
    canvas.drawOval(skia.Rect.MakeXYWH(28, 218, 200, 26), paint_of((0, 0, 0), 0.10))
    shape = SHAPES.get(product.package)
    if shape is None:
        # Its keyword's motif would show some other thing: a leaf for a teapot.
        canvas.drawCircle(128, 108, 66, paint_of(scheme.base))
        first = product.name(languages[0])[:1]
        draw_text(canvas, first, Box(78, 58, 100, 100), scheme.ink, size_max=84)
        draw_text(
            canvas, product.name(languages[0]), Box(16, 200, 224, 48), (40, 42, 46), lines_max=2,
            size_max=26,
        )  # fmt: skip
        return pixels
    panels = shape.panels(shape.facts(product, scheme))
    width_mm, height_mm, _depth = product.dimensions_mm
    if panels[0].face == "skin":
        box = _stand(width_mm, height_mm)
        draw_produce(canvas, panels[0], form_of(product), scheme, box,
                     coloured=bool(product.colour))  # fmt: skip
    elif product.package == "tray":
        # Seen from above: its front is a narrow strip.
        top = panel_of(panels, "top")
        box = _stand(top.width_mm, top.height_mm)
        _pack(canvas, pixels, product, top, scheme, languages, box)
    else:
        box = _stand(width_mm, height_mm)
        _pack(canvas, pixels, product, panels[0], scheme, languages, box)
    return pixels


def _stand(wide: float, tall: float) -> Box:
    """Where something of that shape stands, as large as there is room."""
    scale = min(196 / wide, 204 / tall)
    wide, tall = wide * scale, tall * scale
    return Box((PICTURE_SIZE - wide) / 2, 228 - tall, wide, tall)


def _pack(
    canvas: Any,
    pixels: NDArray[np.uint8],
    product: Product,
    panel: Panel,
    scheme: Scheme,
    languages: tuple[str, str],
    pack: Box,
) -> None:
    """The pack's outline as it stands, its front panel where it is, caps and glass around it."""
    canvas.save()
    label = pack
    if product.package in ("bottle", "jar"):
        label = _glass(canvas, product.package, pack, scheme)
    else:
        canvas.clipPath(_outline(product.package, pack), skia.ClipOp.kIntersect, True)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(label.x, label.y, label.width, label.height))
    # A round pack shows the middle of its label.
    shown = panel.width_mm * (min(1.0, 1.14 * panel.safe) if panel.round else 1.0)
    canvas.translate(label.x, label.y)
    canvas.scale(label.width / shown, label.height / panel.height_mm)
    canvas.translate(-(panel.width_mm - shown) / 2, 0)
    draw_front(canvas, panel, scheme, words_of(product, languages), pixels)
    canvas.restore()
    if panel.round:
        _roundness(canvas, pack, label)
    if product.package == "tub":
        _lid(canvas, pack, scheme)
    canvas.restore()


def _outline(package: str, pack: Box) -> Any:
    """What the pack covers."""
    path = skia.Path()
    x, y, wide, tall = pack.x, pack.y, pack.width, pack.height
    if package == "tub":
        path.addPoly(
            [skia.Point(x, y), skia.Point(x + wide, y), skia.Point(x + 0.93 * wide, y + tall),
             skia.Point(x + 0.07 * wide, y + tall)],
            True,
        )  # fmt: skip
    elif package == "tube":
        path.addPoly(
            [skia.Point(x, y), skia.Point(x + wide, y), skia.Point(x + 0.82 * wide, y + tall),
             skia.Point(x + 0.18 * wide, y + tall)],
            True,
        )  # fmt: skip
    else:
        share = {"can": 0.10, "multipack": 0.05, "pouch": 0.05, "tray": 0.04}.get(package, 0.02)
        corner = share * wide
        path.addRoundRect(skia.Rect.MakeXYWH(x, y, wide, tall), corner, corner)
    return path


def _lid(canvas: Any, pack: Box, scheme: Scheme) -> None:
    """The rim of a tub."""
    rim = skia.Rect.MakeXYWH(pack.x, pack.y, pack.width, 0.075 * pack.height)
    canvas.drawRect(
        rim, gradient((pack.x, 0), (pack.x + pack.width, 0), mix(scheme.base, WHITE, 0.35),
                      relight(scheme.base, 0.75)),
    )  # fmt: skip


def _glass(canvas: Any, package: str, pack: Box, scheme: Scheme) -> Box:
    """Cap, neck and body of a bottle or jar; returns where its label goes."""
    x, y, wide, tall = pack.x, pack.y, pack.width, pack.height
    body = gradient((x, 0), (x + wide, 0), mix(scheme.content, WHITE, 0.25),
                    relight(scheme.content, 0.6))  # fmt: skip
    middle = x + wide / 2
    if package == "jar":
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x, y + 0.12 * tall, wide, 0.88 * tall), 10, 10, body
        )
        lid = gradient((x, 0), (x + wide, 0), (226, 196, 118), (150, 116, 46))
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(x + 0.03 * wide, y, 0.94 * wide, 0.15 * tall), 5, 5, lid
        )
        return Box(x, y + 0.32 * tall, wide, 0.55 * tall)
    path = skia.Path()
    neck = 0.22 * wide
    path.moveTo(middle - neck, y + 0.06 * tall)
    path.lineTo(middle - neck, y + 0.14 * tall)
    path.cubicTo(middle - neck, y + 0.25 * tall, x, y + 0.24 * tall, x, y + 0.38 * tall)
    path.lineTo(x, y + 0.97 * tall)
    path.quadTo(x, y + tall, x + 8, y + tall)
    path.lineTo(x + wide - 8, y + tall)
    path.quadTo(x + wide, y + tall, x + wide, y + 0.97 * tall)
    path.lineTo(x + wide, y + 0.38 * tall)
    path.cubicTo(
        x + wide, y + 0.24 * tall, middle + neck, y + 0.25 * tall, middle + neck, y + 0.14 * tall
    )
    path.lineTo(middle + neck, y + 0.06 * tall)
    path.close()
    canvas.drawPath(path, body)
    cap = skia.Rect.MakeXYWH(middle - neck * 1.12, y, neck * 2.24, 0.095 * tall)
    canvas.drawRoundRect(cap, 3, 3, gradient((cap.left(), 0), (cap.right(), 0),
                         mix(scheme.cap, WHITE, 0.2), relight(scheme.cap, 0.7)))  # fmt: skip
    ball(canvas, (x + 0.24 * wide, y + 0.34 * tall), (0.05 * wide, 0.05 * tall), WHITE, soft=False)
    return Box(x, y + 0.415 * tall, wide, 0.32 * tall)


def _roundness(canvas: Any, pack: Box, label: Box) -> None:
    """Darker towards the sides, over the label."""
    shade = skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeLinear(
            points=[skia.Point(pack.x, 0), skia.Point(pack.x + pack.width, 0)],
            colors=[
                skia.Color(0, 0, 0, 90),
                skia.Color(0, 0, 0, 0),
                skia.Color(255, 255, 255, 40),
                skia.Color(0, 0, 0, 0),
                skia.Color(0, 0, 0, 110),
            ],
            positions=[0.0, 0.2, 0.32, 0.6, 1.0],
        ),
    )
    canvas.drawRect(skia.Rect.MakeXYWH(label.x, label.y, label.width, label.height), shade)
