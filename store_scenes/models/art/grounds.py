"""What lies behind the words: gradients, rays, waves, stripes, frames. Millimetres, y down."""

import math
import random
from typing import Any

import skia

from store_scenes.models.art.brushes import WHITE, colour_of, gradient, stroke, upright_fade
from store_scenes.models.art.front import BLEED_MM, Front
from store_scenes.models.art.text import Box, paint_of
from store_scenes.models.palette import Rgb


def ground(front: Front, top: Rgb, bottom: Rgb) -> None:
    """An upright gradient over the whole panel, with some bleed into the gutter."""
    whole, bleed = front.whole, BLEED_MM
    rect = skia.Rect.MakeXYWH(-bleed, -bleed, whole.width + 2 * bleed, whole.height + 2 * bleed)
    upright_fade(front.canvas, rect, top, bottom)


def glow(front: Front, at: tuple[float, float], reach: float, colour: Rgb, alpha: float) -> None:
    """Light around a place, fading to nothing."""
    paint = skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeRadial(
            center=skia.Point(*at),
            radius=reach,
            colors=[colour_of(colour, alpha), colour_of(colour, alpha * 0.6), colour_of(colour, 0)],
            positions=[0.0, 0.45, 1.0],
        ),
    )
    front.canvas.drawCircle(*at, reach, paint)


def rays(front: Front, at: tuple[float, float], count: int, colour: Rgb, alpha: float) -> None:
    """Sunbeams from `at` over the whole panel."""
    reach = front.whole.width + front.whole.height
    path = skia.Path()
    for i in range(count):
        start = 2 * math.pi * i / count
        end = start + math.pi / count
        path.moveTo(*at)
        path.lineTo(at[0] + reach * math.cos(start), at[1] + reach * math.sin(start))
        path.lineTo(at[0] + reach * math.cos(end), at[1] + reach * math.sin(end))
        path.close()
    front.canvas.drawPath(path, paint_of(colour, alpha))


def burst(
    canvas: Any,
    at: tuple[float, float],
    radius: float,
    points: int,
    colour: Rgb,
    inner: float = 0.82,
) -> None:
    """A star with many points: what a badge is printed on."""
    path = skia.Path()
    for i in range(2 * points):
        far = radius if i % 2 == 0 else radius * inner
        turn = math.pi * i / points
        point = (at[0] + far * math.cos(turn), at[1] + far * math.sin(turn))
        path.moveTo(*point) if i == 0 else path.lineTo(*point)
    path.close()
    canvas.drawPath(path, paint_of(colour))


def splash(front: Front, at: tuple[float, float], radius: float, colour: Rgb, seed: int) -> None:
    """A blot with drops flying from it."""
    dice = random.Random(seed)  # noqa: S311 - arranges, hides nothing
    path, points = skia.Path(), 14
    places = []
    for i in range(points):
        turn = 2 * math.pi * i / points
        far = radius * (dice.uniform(1.05, 1.3) if i % 2 == 0 else dice.uniform(0.80, 0.92))
        places.append((at[0] + far * math.cos(turn), at[1] + far * math.sin(turn)))
    for i, point in enumerate(places):
        following = places[(i + 1) % points]
        middle = ((point[0] + following[0]) / 2, (point[1] + following[1]) / 2)
        if i == 0:
            last = places[-1]
            path.moveTo((last[0] + point[0]) / 2, (last[1] + point[1]) / 2)
        path.quadTo(*point, *middle)
    path.close()
    paint = paint_of(colour)
    front.canvas.drawPath(path, paint)
    for _ in range(6):
        turn, far = dice.uniform(0, 6.28), radius * dice.uniform(1.25, 1.5)
        front.canvas.drawCircle(
            at[0] + far * math.cos(turn),
            at[1] + far * math.sin(turn),
            radius * dice.uniform(0.03, 0.08),
            paint,
        )


def wave(front: Front, y: float, swing: float, top: Rgb, bottom: Rgb, phase: float = 0.0) -> None:
    """Everything below a wavy line at `y`."""
    whole, path = front.whole, skia.Path()
    path.moveTo(-BLEED_MM, y)
    steps = 4
    for i in range(steps):
        x0, x1 = (whole.width * (i + k) / steps for k in (0, 1))
        lift = swing * math.cos(math.pi * i + phase)
        path.quadTo((x0 + x1) / 2, y + lift, x1, y)
    path.lineTo(whole.width + BLEED_MM, y)
    path.lineTo(whole.width + BLEED_MM, whole.height + BLEED_MM)
    path.lineTo(-BLEED_MM, whole.height + BLEED_MM)
    path.close()
    front.canvas.drawPath(path, gradient((0, y), (0, whole.height), top, bottom))


def band(front: Front, top: float, tall: float, colour: Rgb, alpha: float = 1.0) -> None:
    """A stripe across the whole panel."""
    front.canvas.drawRect(
        skia.Rect.MakeXYWH(-BLEED_MM, top, front.whole.width + 2 * BLEED_MM, tall),
        paint_of(colour, alpha),
    )


def slope(front: Front, left: float, right: float, colour: Rgb, tall: float = 1e4) -> None:
    """What lies below a slanting line, or a slanting stripe of height `tall`."""
    whole, path = front.whole, skia.Path()
    path.moveTo(-BLEED_MM, left)
    path.lineTo(whole.width + BLEED_MM, right)
    path.lineTo(whole.width + BLEED_MM, right + tall)
    path.lineTo(-BLEED_MM, left + tall)
    path.close()
    front.canvas.drawPath(path, paint_of(colour))


def dots(front: Front, step: float, radius: float, colour: Rgb, alpha: float) -> None:
    """Polka dots over the whole panel."""
    paint = paint_of(colour, alpha)
    rows = min(60, int(front.whole.height / step) + 2)
    columns = min(60, int(front.whole.width / step) + 2)
    path = skia.Path()
    for row in range(rows):
        for column in range(columns):
            path.addCircle((column + 0.5 * (row % 2)) * step, row * step, radius)
    front.canvas.drawPath(path, paint)


def stripes(front: Front, step: float, colour: Rgb, alpha: float, lean: float = 0.0) -> None:
    """Upright stripes, leaning by `lean` of the height."""
    whole, path = front.whole, skia.Path()
    shift = lean * whole.height
    count = min(80, int((whole.width + abs(shift)) / step) + 2)
    for i in range(count):
        x = i * step + min(0.0, -shift) - 1
        path.moveTo(x + max(0.0, shift) * 0, -BLEED_MM)
        path.lineTo(x + step / 2, -BLEED_MM)
        path.lineTo(x + step / 2 + shift, whole.height + BLEED_MM)
        path.lineTo(x + shift, whole.height + BLEED_MM)
        path.close()
    front.canvas.drawPath(path, paint_of(colour, alpha))


def gingham(front: Front, top: float, tall: float, colour: Rgb, step: float) -> None:
    """A checked cloth."""
    band(front, top, tall, (252, 250, 246))
    whole = front.whole
    paint = paint_of(colour, 0.5)
    columns, rows = min(60, int(whole.width / step) + 2), min(60, int(tall / step) + 1)
    for i in range(0, columns, 2):
        front.canvas.drawRect(skia.Rect.MakeXYWH(i * step, top, step, tall), paint)
    for i in range(0, rows, 2):
        high = min(step, tall - i * step)
        front.canvas.drawRect(
            skia.Rect.MakeXYWH(-BLEED_MM, top + i * step, whole.width + 2 * BLEED_MM, high), paint
        )


def frame(front: Front, inset: float, width: float, colour: Rgb, *, double: bool = False) -> None:
    """A thin frame inside the area that words keep to."""
    area = front.area
    rect = skia.Rect.MakeXYWH(
        area.x + inset, area.y + inset, area.width - 2 * inset, area.height - 2 * inset
    )
    front.canvas.drawRect(rect, stroke(colour, width))
    if double:
        front.canvas.drawRect(rect.makeInset(2.2 * width, 2.2 * width), stroke(colour, width / 2))


def lattice(front: Front, top: float, tall: float, colour: Rgb, alpha: float) -> None:
    """The fret of a Korean paper door, as a border."""
    whole = front.whole
    step = tall * 1.1
    paint = stroke(colour, tall * 0.09, alpha)
    count = min(60, int(whole.width / step) + 2)
    for i in range(count):
        x = (i - 0.5) * step
        front.canvas.drawRect(
            skia.Rect.MakeXYWH(x, top + 0.16 * tall, step * 0.7, tall * 0.68), paint
        )
        front.canvas.drawRect(
            skia.Rect.MakeXYWH(x + step * 0.2, top + 0.35 * tall, step * 0.3, tall * 0.3), paint
        )
    for y in (top, top + tall):
        front.canvas.drawLine(-BLEED_MM, y, whole.width + BLEED_MM, y, paint)


def drips(front: Front, top: float, tall: float, colour: Rgb, seed: int) -> None:
    """Something thick that runs down from the upper edge."""
    dice = random.Random(seed)  # noqa: S311 - arranges, hides nothing
    whole, path = front.whole, skia.Path()
    count = 6
    step = (whole.width + 2) / count
    path.moveTo(-BLEED_MM, -BLEED_MM)
    path.lineTo(-BLEED_MM, top)
    path.lineTo(-1, top)
    for i in range(count):
        x, drop = -1 + i * step, tall * dice.uniform(0.25, 1.0)
        path.cubicTo(x + 0.1 * step, top, x + 0.12 * step, top + drop, x + 0.40 * step, top + drop)
        path.cubicTo(x + 0.68 * step, top + drop, x + 0.62 * step, top, x + step, top)
    path.lineTo(whole.width + BLEED_MM, top)
    path.lineTo(whole.width + BLEED_MM, -BLEED_MM)
    path.close()
    front.canvas.drawPath(path, paint_of(colour))


def snowflakes(front: Front, count: int, reach: float, seed: int) -> None:
    """Six-armed flakes scattered over the panel."""
    dice = random.Random(seed)  # noqa: S311 - arranges, hides nothing
    path = skia.Path()
    for _ in range(count):
        x, y = dice.uniform(0, front.whole.width), dice.uniform(0, front.whole.height)
        size = reach * dice.uniform(0.4, 1.0)
        for arm in range(3):
            turn = math.pi * arm / 3
            dx, dy = size * math.cos(turn), size * math.sin(turn)
            path.moveTo(x - dx, y - dy)
            path.lineTo(x + dx, y + dy)
    front.canvas.drawPath(path, stroke(WHITE, reach * 0.14, 0.65))


def ribbon(front: Front, box: Box, colour: Rgb, dark: Rgb) -> None:
    """A banner with folded ends."""
    tail = 0.09 * box.width
    for side in (0, 1):
        x = box.x - tail * 0.75 if side == 0 else box.x + box.width + tail * 0.75
        inner = box.x + tail * 0.5 if side == 0 else box.x + box.width - tail * 0.5
        path = skia.Path()
        path.moveTo(x, box.y + 0.20 * box.height)
        path.lineTo(inner, box.y + 0.20 * box.height)
        path.lineTo(inner, box.y + 1.20 * box.height)
        path.lineTo(x, box.y + 1.20 * box.height)
        path.lineTo(x + (tail * 0.5 if side == 0 else -tail * 0.5), box.y + 0.70 * box.height)
        path.close()
        front.canvas.drawPath(path, paint_of(dark))
    front.rect(box, paint_of(colour))


def hills(front: Front, y: float, far: Rgb, near: Rgb) -> None:
    """Two rows of soft hills at the foot."""
    whole = front.whole
    for x, top, reach, colour in (
        (0.18, y, 0.75, far),
        (0.95, y + 0.01 * whole.height, 0.62, far),
        (0.55, y + 0.045 * whole.height, 0.95, near),
    ):
        tall = 2 * (whole.height + BLEED_MM - top)
        front.canvas.drawOval(
            skia.Rect.MakeXYWH((x - reach) * whole.width, top, 2 * reach * whole.width, tall),
            paint_of(colour),
        )


def arch(front: Front, y: float, depth: float, colour: Rgb) -> None:
    """Everything above an arc that sags by `depth` in the middle."""
    whole, path = front.whole, skia.Path()
    path.moveTo(-BLEED_MM, -BLEED_MM)
    path.lineTo(-BLEED_MM, y)
    path.quadTo(whole.width / 2, y + 2 * depth, whole.width + BLEED_MM, y)
    path.lineTo(whole.width + BLEED_MM, -BLEED_MM)
    path.close()
    front.canvas.drawPath(path, paint_of(colour))


def foil(front: Front, tones: tuple[Rgb, ...]) -> None:
    """Bands of light across metal foil."""
    whole = front.whole
    share = 1 / (len(tones) - 1)
    paint = skia.Paint(
        AntiAlias=True,
        Shader=skia.GradientShader.MakeLinear(
            points=[skia.Point(0, 0), skia.Point(whole.width, whole.height * 0.4)],
            colors=[colour_of(tone) for tone in tones],
            positions=[i * share for i in range(len(tones))],
        ),
    )
    front.canvas.drawRect(
        skia.Rect.MakeXYWH(
            -BLEED_MM, -BLEED_MM, whole.width + 2 * BLEED_MM, whole.height + 2 * BLEED_MM
        ),
        paint,
    )
