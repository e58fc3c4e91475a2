"""For the house and the body: laundry, cleaning, hair, teeth, paper, pets, small children."""

import math
import random

import skia

from store_scenes.models.art.brushes import WHITE, gradient, stroke
from store_scenes.models.art.compositions.parts import (
    CREAM,
    GOLD,
    badge,
    bright,
    claims,
    corners,
    dark,
    halo,
    inside,
)
from store_scenes.models.art.front import Front
from store_scenes.models.art.grounds import (
    arch,
    band,
    burst,
    dots,
    foil,
    glow,
    ground,
    rays,
    slope,
    wave,
)
from store_scenes.models.art.logos import draw_logo, draw_mark
from store_scenes.models.art.motifs_home import star
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.scheme import luminance, mix, relight


def laundry(front: Front) -> None:
    """Detergent: a burst of light in a whirl of water, the name flying over it."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.40)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.08)
    ground(front, mix(scheme.base, WHITE, 0.05), deep)
    if brand.seed & 2:
        rays(front, (x, y), 20, WHITE, 0.16)
    glow(front, (x, y), radius * 1.7, WHITE, 0.55)
    for i in range(5):
        r = radius * (1.45 - 0.14 * i)
        tone = mix(scheme.base, WHITE, 0.25 + 0.15 * i)
        front.canvas.drawArc(
            skia.Rect.MakeXYWH(x - r, y - r * 0.8, 2 * r, 1.6 * r),
            30 + 62 * i,
            230,
            False,
            stroke(tone, radius * 0.11, 0.8),
        )
    front.picture((x, y), radius * 0.88)
    draw_logo(front, plan.logo, scheme.base)
    front.title(
        plan.name,
        WHITE,
        scheme.base,
        outline=deep,
        tilt_deg=0 if front.wide else -7,
        how=Lettering(
            "bold" if brand.title == "serif" else brand.title, 0.16, brand.squeeze, 0.0, 0.18
        ),
    )
    if front.words.claims and not front.round:
        badge(front, (x + 0.78 * radius, y + 0.66 * radius), 0.26 * radius, (250, 214, 40), 12)
    front.size(
        plan.foot,
        WHITE,
        deep if not front.wide else scheme.base,
        "left" if front.wide else "centre",
    )


def cleaning(front: Front) -> None:
    """Cleaners and kitchen goods: a diagonal of clean white, sharp glints."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.10)
    ground(front, mix(scheme.base, WHITE, 0.06), scheme.base)
    on = scheme.base
    if brand.seed & 2:
        slope(front, y + 0.35 * radius, y - 0.35 * radius, WHITE)
        slope(front, y + 0.28 * radius, y - 0.42 * radius, scheme.accent, 0.025 * whole.height)
        foot = WHITE
    else:
        arch(front, plan.name.y + plan.name.height, 0.05 * whole.height, deep)
        on, foot = deep, scheme.base
        if front.wide:
            ground(front, deep, scheme.base)
    front.picture((x, y), radius * 0.96)
    for dx, dy, size in ((-0.85, -0.7, 0.2), (0.95, 0.2, 0.16)):
        star(front.canvas, (x + dx * radius, y + dy * radius), size * radius, WHITE)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, WHITE, on, outline=deep if on == scheme.base else None)
    front.size(plan.foot, deep, on if front.wide else foot, "left" if front.wide else "centre")


def body(front: Front) -> None:
    """Hair and skin: a pearly fade, a sprig, small letters with air around them."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("hero" if brand.seed & 2 else "name", 0.34)
    x, y, radius = plan.hero
    tint = bright(mix(scheme.base, WHITE, 0.45), 0.6)
    deep = dark(scheme.base, 0.14)
    if brand.seed & 4:
        ground(front, deep, mix(deep, scheme.base, 0.6))
        on, ink = mix(deep, scheme.base, 0.2), CREAM
    else:
        foil(front, (tint, mix(tint, WHITE, 0.6), tint, mix(tint, scheme.base, 0.25)))
        on, ink = tint, deep
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(x - 0.95 * radius, y - radius, 1.9 * radius, 2 * radius),
        paint_of(WHITE, 0.30 if not brand.seed & 4 else 0.85),
    )
    front.picture((x, y), radius * 0.86)
    line = plan.name.y + (1.02 if brand.seed & 2 else -0.04) * plan.name.height
    if not front.wide:
        front.rect(
            Box(
                front.area.x + 0.3 * front.area.width,
                line,
                0.4 * front.area.width,
                0.006 * front.area.height,
            ),
            paint_of(GOLD),
        )
    draw_logo(front, inside(plan.logo, 0.04, 0.06), on, quiet=brand.place in ("band", "tab"))
    front.title(
        plan.name if front.round else inside(plan.name, 0.04, 0.04),
        ink,
        on,
        how=Lettering("serif" if brand.seed & 8 else "square"),
    )
    foot = mix(on, scheme.base, 0.2)
    front.size(plan.foot, ink, foot, "left" if front.wide else "centre")


def oral(front: Front) -> None:
    """Toothpaste: three ribbons of colour sweeping past, a glint on the last letter."""
    scheme = front.scheme
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.10)
    ground(front, WHITE, (236, 244, 252))
    tones = (scheme.base, (226, 40, 52), deep)
    for i, tone in enumerate(tones):
        path = skia.Path()
        top = y + radius * (-0.35 + 0.30 * i)
        thick = radius * 0.22
        path.moveTo(-9, top + 0.5 * radius)
        path.cubicTo(
            0.3 * whole.width,
            top + 0.9 * radius,
            0.6 * whole.width,
            top - 0.5 * radius,
            whole.width + 9,
            top - 0.2 * radius,
        )
        path.lineTo(whole.width + 9, top - 0.2 * radius + thick)
        path.cubicTo(
            0.6 * whole.width,
            top - 0.5 * radius + thick,
            0.3 * whole.width,
            top + 0.9 * radius + thick,
            -9,
            top + 0.5 * radius + thick,
        )
        path.close()
        front.canvas.drawPath(path, paint_of(tone))
    halo(front, plan, WHITE, 0.86, 0.92)
    front.picture((x, y), radius * 0.78)
    draw_logo(front, plan.logo, WHITE)
    front.title(plan.name, deep, (250, 252, 255), how=Lettering("bold", 0.16, 1.0))
    front.size(plan.foot, deep, (238, 245, 252), "left" if front.wide else "centre")


def paper(front: Front) -> None:
    """Tissue and paper: clouds, pressed flowers, soft round letters."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    tint = bright(mix(scheme.base, WHITE, 0.4), 0.55)
    deep = dark(scheme.base, 0.16)
    ground(front, mix(tint, WHITE, 0.2), tint)
    dice = random.Random(brand.seed)  # noqa: S311 - arranges, hides nothing
    for _ in range(12):
        at = (dice.uniform(0, front.whole.width), dice.uniform(0, front.whole.height))
        draw_mark(front.canvas, "flower", at, 0.05 * front.unit, mix(tint, WHITE, 0.55), tint)
    for i in range(9):
        cx = front.whole.width * (i / 8)
        r = front.unit * (0.16 + 0.05 * ((i * 5) % 3))
        front.canvas.drawCircle(cx, y + 0.75 * radius, r, paint_of(WHITE))
    band(front, y + 0.75 * radius, front.whole.height, WHITE)
    front.picture((x, y), radius * 0.90)
    draw_logo(front, plan.logo, tint)
    front.title(plan.name, deep, mix(tint, WHITE, 0.2), how=Lettering("round"))
    front.size(
        plan.foot,
        deep,
        mix(tint, WHITE, 0.2) if front.wide else WHITE,
        "left" if front.wide else "centre",
    )


def pet(front: Front) -> None:
    """Pet food: paw prints, a face in a ring."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("hero" if brand.seed & 2 else "name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    ground(front, mix(scheme.base, WHITE, 0.06), relight(scheme.base, 0.82))
    dice = random.Random(brand.seed)  # noqa: S311 - arranges, hides nothing
    for _ in range(14):
        at = (dice.uniform(0, front.whole.width), dice.uniform(0, front.whole.height))
        draw_mark(
            front.canvas, "paw", at, 0.05 * front.unit, mix(scheme.base, WHITE, 0.22), scheme.base
        )
    halo(front, plan, deep, 1.02)
    halo(front, plan, CREAM, 0.95)
    front.picture((x, y), radius * 0.76)
    card = inside(plan.name, -0.01, 0.0)
    front.rect(card, paint_of(deep), 0.08 * front.unit)
    draw_logo(front, plan.logo, scheme.base)
    front.title(inside(card, 0.05, 0.08), WHITE, deep, how=Lettering("round"))
    front.size(plan.foot, WHITE, relight(scheme.base, 0.84), "left" if front.wide else "centre")


def baby(front: Front) -> None:
    """For small children: pastels, a bear, clouds of dots."""
    scheme = front.scheme
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    tint = bright(mix(scheme.base, WHITE, 0.5), 0.66)
    deep = dark(scheme.base, 0.18)
    ground(front, mix(tint, WHITE, 0.4), tint)
    dots(front, 0.14 * front.unit, 0.028 * front.unit, WHITE, 0.7)
    wave(front, y + 0.3 * radius, 0.05 * front.unit, mix(scheme.base, WHITE, 0.35), scheme.base)
    halo(front, plan, WHITE, 1.0)
    front.picture((x, y), radius * 0.84)
    draw_logo(front, plan.logo, mix(tint, WHITE, 0.4))
    front.title(plan.name, deep, mix(tint, WHITE, 0.35), how=Lettering("round"))
    front.size(
        plan.foot,
        deep,
        mix(tint, WHITE, 0.3) if front.wide else scheme.base,
        "left" if front.wide else "centre",
    )


def health(front: Front) -> None:
    """Vitamins and remedies: white, a fade of colour, a clear hierarchy."""
    scheme = front.scheme
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    ground(front, WHITE, (240, 244, 246))
    whole = front.whole
    front.canvas.drawRect(
        skia.Rect.MakeXYWH(-9, y + 0.1 * radius, whole.width + 18, whole.height),
        gradient((0, 0), (whole.width, 0), scheme.base, scheme.accent),
    )
    for i in range(3):
        turn = math.radians(120 * i)
        front.canvas.drawCircle(
            x + 0.5 * radius * math.cos(turn),
            y + 0.5 * radius * math.sin(turn),
            0.6 * radius,
            paint_of(WHITE, 0.5),
        )
    front.picture((x, y), radius * 0.86)
    draw_logo(front, plan.logo, WHITE)
    front.title(plan.name, deep, WHITE, how=Lettering("square"))
    claims(front, front.box(0.0, 0.87, 1.0, 0.05), deep, scheme.base)
    front.size(
        plan.foot,
        WHITE,
        WHITE if front.wide else mix(scheme.base, scheme.accent, 0.5),
        "left" if front.wide else "centre",
    )


def generic_blocks(front: Front) -> None:
    """Anything at all: two fields of colour and a large disc, modern."""
    scheme = front.scheme
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    ground(front, mix(scheme.base, WHITE, 0.88), mix(scheme.base, WHITE, 0.78))
    on = mix(scheme.base, WHITE, 0.86)
    if not front.wide:
        band(front, y, front.whole.height, scheme.base)
    halo(front, plan, scheme.accent, 0.98)
    halo(front, plan, bright(scheme.accent, 0.7), 0.90)
    front.picture((x, y), radius * 0.82)
    corners(front, deep, scheme.base)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, deep, on)
    front.size(
        plan.foot, WHITE, on if front.wide else scheme.base, "left" if front.wide else "centre"
    )


def generic_plate(front: Front) -> None:
    """Anything at all: a full field, a white plate with the name."""
    scheme = front.scheme
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.14)
    ground(front, mix(scheme.base, WHITE, 0.10), relight(scheme.base, 0.9))
    glow(front, (x, y), radius * 1.35, WHITE, 0.5)
    corners(front, scheme.accent, scheme.base)
    front.rect(plan.name, paint_of((252, 251, 248)), 0.07 * front.unit)
    front.picture((x, y), radius * 0.96)
    draw_logo(front, plan.logo, scheme.base)
    front.title(inside(plan.name, 0.06, 0.09), deep, (252, 251, 248))
    front.size(plan.foot, WHITE, relight(scheme.base, 0.92), "left" if front.wide else "centre")


def generic_rosette(front: Front) -> None:
    """Anything at all: a dark field, a scalloped disc, the name under it."""
    scheme = front.scheme
    plan = front.plan("hero", 0.34)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.10)
    ground(front, deep, relight(deep, 0.8))
    burst(front.canvas, (x, y), radius * 1.04, 20, scheme.base, 0.93)
    halo(front, plan, CREAM, 0.88)
    front.picture((x, y), radius * 0.78)
    draw_logo(front, plan.logo, deep)
    ink = mix(scheme.accent, WHITE, 0.55)
    front.title(plan.name, ink, deep)
    front.size(plan.foot, WHITE, relight(deep, 0.85), "left" if front.wide else "centre")


def house(front: Front) -> None:
    """A shop's own brand: white, one bar of colour, small picture, everything on the left."""
    scheme = front.scheme
    area = front.area
    deep = dark(scheme.base, 0.18)
    ground(front, (252, 252, 250), (252, 252, 250))
    bar = 0.055 * front.whole.height
    band(front, front.whole.height - bar * 2.2, bar * 3.2, scheme.base)
    share = 0.58 if front.wide else 0.94
    front.text(
        scheme.brand.main,
        front.box(0.0, 0.0, share, 0.08),
        deep,
        WHITE,
        how=Lettering("square"),
        align="left",
    )
    front.rect(front.box(0.0, 0.10, 0.12, 0.012), paint_of(scheme.base))
    front.title(
        front.box(0.0, 0.14, share, 0.36 if not front.wide else 0.56),
        (24, 24, 28),
        WHITE,
        align="left",
        how=Lettering("square"),
    )
    if front.wide:
        at = (area.x + 0.80 * area.width, area.y + 0.46 * area.height)
        radius = min(0.19 * area.width, 0.40 * area.height)
    else:
        at = (area.x + 0.62 * area.width, area.y + 0.71 * area.height)
        radius = min(0.36 * area.width, 0.17 * area.height)
    front.picture(at, radius)
    ink = WHITE if luminance(scheme.base) < 0.4 else deep
    size = Box(area.x, front.whole.height - bar * 1.9, area.width * 0.6, bar * 1.2)
    front.size(size, ink, scheme.base, "left")
