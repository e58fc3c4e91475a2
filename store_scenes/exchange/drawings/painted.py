"""Sheets as PDF pages and as a picture, painted by Skia with the fonts that this machine has."""

import io
import math
from collections.abc import Callable, Sequence
from typing import Any

from catalog_sync.model.failure import Failure
from store_scenes.exchange.drawings.sheet import (
    Disc,
    Group,
    Item,
    Line,
    Pen,
    Shape,
    Sheet,
    Text,
)

Progress = Callable[[int, int], None]

POINTS_PER_MM = 72.0 / 25.4
PIXELS_MAX = 60_000_000
"""Of a picture; 240 MB while it is painted."""

TEXT_AT_MM = 100.0
"""Fonts are measured at this em: hinting and rounding of small sizes have no say on paper."""


def pdf_of(sheets: Sequence[Sheet], title: str, progress: Progress) -> bytes:
    """A PDF of one page a sheet, its fonts embedded as far as they are used.

    Raises:
        Failure: no font that can draw Hangul, or Skia cannot be loaded.
    """
    skia = _skia()
    stream = skia.DynamicMemoryWStream()
    about = skia.PDF.Metadata()
    about.fTitle, about.fCreator, about.fProducer = title, "Endcap", "Endcap"
    # Vector pages: a resolution matters to effects only, of which there are none.
    document = skia.PDF.MakeDocument(stream, about)
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        width, height = (side * POINTS_PER_MM for side in sheet.size_mm)
        canvas = document.beginPage(width, height)
        canvas.scale(POINTS_PER_MM, POINTS_PER_MM)
        _paint(canvas, sheet)
        document.endPage()
    document.close()
    progress(len(sheets), len(sheets))
    return bytes(stream.detachAsData())


def png_of(sheets: Sequence[Sheet], dpi: float, progress: Progress) -> bytes:
    """A PNG: one sheet by itself, several in a grid, at `dpi` or what `PIXELS_MAX` leaves of it.

    Raises:
        Failure: as `pdf_of`.
    """
    from PIL import Image

    skia = _skia()
    columns = math.ceil(math.sqrt(len(sheets)))
    rows = math.ceil(len(sheets) / columns)
    wide, high = sheets[0].size_mm
    scale = dpi / 25.4
    pixels = columns * wide * rows * high * scale * scale
    if pixels > PIXELS_MAX:
        scale *= math.sqrt(PIXELS_MAX / pixels)
    size = max(int(columns * wide * scale), 1), max(int(rows * high * scale), 1)
    surface = skia.Surface(*size)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorWHITE)
    canvas.scale(scale, scale)
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        canvas.save()
        canvas.translate((done % columns) * wide, (done // columns) * high)
        _paint(canvas, sheet)
        canvas.restore()
    progress(len(sheets), len(sheets))
    pixels_ = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    out = io.BytesIO()
    Image.fromarray(pixels_).convert("RGB").save(
        out, "PNG", dpi=(scale * 25.4, scale * 25.4), compress_level=6
    )
    return out.getvalue()


def _skia() -> Any:
    try:
        import skia
    except ImportError as error:
        raise Failure(
            f"PDF and PNG are painted by skia-python, which cannot be loaded here ({error}); "
            "install what it misses (Debian: apt-get install libegl1 libfontconfig1), "
            "or write an .svg, which needs nothing"
        ) from None
    return skia


def _paint(canvas: Any, sheet: Sheet) -> None:
    for item in sheet.items:
        _item(canvas, item)


def _item(canvas: Any, item: Item) -> None:
    import skia

    if isinstance(item, Group):
        for part in item.items:
            _item(canvas, part)
    elif isinstance(item, Text):
        _text(canvas, item)
    elif isinstance(item, Line):
        points = [skia.Point(*point) for point in item.points]
        canvas.drawPath(skia.Path.Polygon(points, False), _stroke(item.pen))
    elif isinstance(item, Shape):
        path = skia.Path.Polygon([skia.Point(*point) for point in item.points], True)
        if item.fill:
            canvas.drawPath(path, _fill(item.fill))
        if item.pen is not None:
            canvas.drawPath(path, _stroke(item.pen))
    elif isinstance(item, Disc):
        if item.fill:
            canvas.drawCircle(*item.centre, item.radius_mm, _fill(item.fill))
        if item.pen is not None:
            canvas.drawCircle(*item.centre, item.radius_mm, _stroke(item.pen))


def _text(canvas: Any, item: Text) -> None:
    """Text in the faces that have its letters, no wider than the drawing has reckoned with."""
    import skia

    from store_scenes.typefaces import Weight, printable, text_runs

    weight: Weight = "bold" if item.bold else "regular"
    pieces = []
    width = 0.0
    for run in text_runs(printable(item.text, weight), weight):
        font = skia.Font(run.face.typeface, TEXT_AT_MM)
        font.setSubpixel(True)
        font.setLinearMetrics(True)
        font.setHinting(skia.FontHinting.kNone)
        pieces.append((run.text, font, width))
        width += font.measureText(run.text)
    if not pieces:
        return
    scale = item.size_mm / TEXT_AT_MM
    squeeze = min(item.width_mm / (width * scale), 1.0) if width > 0.0 else 1.0
    start = {"start": 0.0, "middle": -width / 2.0, "end": -width}[item.anchor]
    paint = _fill(item.colour)
    canvas.save()
    canvas.translate(*item.at)
    canvas.rotate(-item.turn_deg)
    canvas.scale(scale * squeeze, scale)
    for text, font, left in pieces:
        canvas.drawString(text, start + left, 0.0, font, paint)
    canvas.restore()


def _fill(colour: str) -> Any:
    import skia

    return skia.Paint(AntiAlias=True, Color=_colour(colour))


def _stroke(pen: Pen) -> Any:
    import skia

    paint = skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=pen.width_mm,
        Color=_colour(pen.colour),
    )
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    if pen.dash:
        if pen.dash[0] < pen.width_mm:
            paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setPathEffect(skia.DashPathEffect.Make(list(pen.dash), 0.0))
    return paint


def _colour(text: str) -> int:
    return 0xFF000000 | int(text[1:], 16)
