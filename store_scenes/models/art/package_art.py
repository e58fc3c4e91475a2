"""The whole art of one package: every panel of its shape, drawn in millimetres."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.art.backs import draw_back, draw_top
from store_scenes.models.art.claims import claims_of, hotness_of
from store_scenes.models.art.fronts import Words, draw_front
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.text import paint_of
from store_scenes.models.geometry import WHITE_PATCH_PX
from store_scenes.models.mesh import ART_SIZE
from store_scenes.models.panel import Panel
from store_scenes.models.scheme import Scheme, relight, scheme_of
from store_scenes.typefaces import printable

FINE = 256
"""From this size on, small print and bar codes can be made out."""

GUTTER_PX = 2
"""Art runs on around each panel, so that mip levels mix a panel with itself."""


def draw_art(
    product: Product,
    panels: tuple[Panel, ...],
    languages: tuple[str, str] = ("ko", "en"),
    size: int = ART_SIZE,
) -> NDArray[np.uint8]:
    """(size, size, 4) u1, sRGB, opaque, top row first, with the white patch.

    `size` is a power of two from 64 to 1024. The panels stay in units of ART_SIZE and the
    composition is the same at every size; a small one leaves out what it could not show.

    Raises:
        Failure: no font with Hangul on this machine.
    """
    scheme = scheme_of(product)
    words = words_of(product, languages)
    # A pack that has no name in the first language is not from where it is spoken.
    language = languages[0] if languages[0] in product.names else languages[1]
    pixels, surface = sheet(size, size, scheme.base)
    canvas = surface.getCanvas()
    canvas.scale(size / ART_SIZE, size / ART_SIZE)
    for panel in panels:
        canvas.save()
        canvas.clipRect(
            skia.Rect.MakeXYWH(panel.x, panel.y, panel.width, panel.height).makeOutset(
                GUTTER_PX, GUTTER_PX
            )
        )
        canvas.translate(panel.x, panel.y)
        canvas.scale(panel.width / panel.width_mm, panel.height / panel.height_mm)
        if panel.face == "front":
            draw_front(canvas, panel, scheme, words, pixels)
        elif panel.face == "top":
            draw_top(canvas, panel, scheme, words)
        else:
            draw_back(canvas, panel, scheme, words, product, language, fine=size >= FINE)
        _trim(canvas, panel, scheme)
        canvas.restore()
    white = ART_SIZE - WHITE_PATCH_PX
    canvas.drawRect(
        skia.Rect.MakeXYWH(white, white, WHITE_PATCH_PX, WHITE_PATCH_PX),
        skia.Paint(Color=skia.ColorWHITE, AntiAlias=False),
    )
    return pixels


def words_of(product: Product, languages: tuple[str, str]) -> Words:
    """What the pack says: the first language large, the second small where it says more."""
    name = product.name(languages[0])
    small = product.names.get(languages[1], "")
    language = languages[0] if languages[0] in product.names else languages[1]
    text = " ".join(product.names.values())
    return Words(
        product.brand,
        # Where no font can draw the name, the brand or the code stands in its place.
        next((t for t in (name, small, product.brand, product.sku) if printable(t, "bold")), ""),
        "" if small == name else small,
        product.size_text,
        claims_of(text, language),
        hotness_of(text),
    )


def _trim(canvas: Any, panel: Panel, scheme: Scheme) -> None:
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
