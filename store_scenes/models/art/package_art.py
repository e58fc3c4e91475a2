"""The whole art of one package: every panel of its shape, drawn in millimetres."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from store_scenes.models.art.backs import draw_back
from store_scenes.models.art.claims import claims_of, hotness_of
from store_scenes.models.art.fronts import Words, draw_front
from store_scenes.models.art.sheet import sheet
from store_scenes.models.art.skins import TONES, draw_skin
from store_scenes.models.art.tops import draw_flap, draw_lid, draw_trim
from store_scenes.models.geometry import WHITE_PATCH_PX
from store_scenes.models.mesh import ART_SIZE
from store_scenes.models.palette import Rgb
from store_scenes.models.panel import Panel, panel_of
from store_scenes.models.scheme import Scheme, scheme_of
from store_scenes.models.shapes.kinds.produce import form_of
from store_scenes.typefaces import printable

FINE = 256
"""From this size on, small print and bar codes can be made out."""

FRONT_ON_TOP = ("tray", "multipack")
"""Packages that lie in the shelf with their front upwards as well."""

EDGE = 0.03
"""So much of the front's width or height is looked at for what runs on around the pack."""

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
        if panel.face == "front" or (panel.face == "top" and product.package in FRONT_ON_TOP):
            draw_front(canvas, panel, scheme, words, pixels)
        elif panel.face == "skin":
            _draw_skin(canvas, panel, product, scheme)
        elif panel.face == "top" and product.package == "tub":
            draw_lid(canvas, panel, scheme, words)
        elif panel.face == "top":
            draw_flap(canvas, panel, scheme, words, _top_colour(pixels, panels))
        else:
            on = _run_on(pixels, panel, panel_of(panels, "front"))
            draw_back(canvas, panel, on, words, product, language, fine=size >= FINE)
        draw_trim(canvas, panel, scheme)
        canvas.restore()
    white = ART_SIZE - WHITE_PATCH_PX
    canvas.drawRect(
        skia.Rect.MakeXYWH(white, white, WHITE_PATCH_PX, WHITE_PATCH_PX),
        skia.Paint(Color=skia.ColorWHITE, AntiAlias=False),
    )
    return pixels


def _run_on(pixels: NDArray[np.uint8], panel: Panel, front: Panel) -> Rgb:
    """Fill a side or back with what the front has at its edges: bands run around the pack.

    On a round one the end of the label meets its beginning without a seam. Returns the colour
    at the head.
    """
    scale = len(pixels) / ART_SIZE
    top, height = round(panel.y * scale), max(1, round(panel.height * scale))
    left, width = round(panel.x * scale), max(1, round(panel.width * scale))
    rows = (front.y + (np.arange(height) + 0.5) / height * front.height) * scale
    down = np.clip(rows.astype(np.intp), 0, len(pixels) - 1)
    edge = max(1, round(EDGE * front.width * scale))
    near, far = round(front.x * scale), round((front.x + front.width) * scale)
    ends = []
    for columns in (slice(far - edge, far), slice(near, near + edge)):
        strip = pixels[:, columns, :3].mean(axis=1, dtype=np.float32)[down]
        # What is only a speck at the edge is not to become a stripe.
        reach = max(1, height // 40)
        padded = np.pad(strip, ((reach, reach), (0, 0)), mode="edge")
        sums = np.cumsum(np.vstack([np.zeros((1, 3), np.float32), padded]), axis=0)
        ends.append((sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1))
    area = pixels[top : top + height, left : left + width, :3]
    if front.round:
        share = np.linspace(0.0, 1.0, width, dtype=np.float32)[None, :, None]
        area[:] = ends[0][:, None] + (ends[1] - ends[0])[:, None] * share
    else:
        area[:] = ends[0].astype(np.uint8)[:, None]
    red, green, blue = (int(c) for c in ends[0][round(0.1 * height)])
    return (red, green, blue)


def _top_colour(pixels: NDArray[np.uint8], panels: tuple[Panel, ...]) -> Rgb:
    """The colour along the upper edge of the front."""
    front = panel_of(panels, "front")
    scale = len(pixels) / ART_SIZE
    top, left = round(front.y * scale), round(front.x * scale)
    tall, wide = max(1, round(EDGE * front.height * scale)), round(front.width * scale)
    strip = pixels[top : top + tall, left : left + wide, :3]
    red, green, blue = (int(c) for c in strip.reshape(-1, 3).mean(axis=0))
    return (red, green, blue)


def _draw_skin(canvas: Any, panel: Panel, product: Product, scheme: Scheme) -> None:
    form = form_of(product)
    tone = scheme.base if product.colour else TONES.get(form, scheme.item)
    draw_skin(canvas, panel, form, tone, scheme.seed)


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
        size_words(product.size_text, language),
        claims_of(text, language),
        hotness_of(text),
    )
