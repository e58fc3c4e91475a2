"""Packs that want to be grabbed: crisps, sweets, biscuits, chocolate, cereal, nuts, ices."""

import skia

from store_scenes.models.art.brushes import WHITE, gradient, stroke
from store_scenes.models.art.compositions.parts import (
    CREAM,
    GOLD,
    badge,
    bright,
    card,
    corners,
    dark,
    halo,
    inside,
    spicy,
)
from store_scenes.models.art.front import Front, legible
from store_scenes.models.art.grounds import (
    band,
    burst,
    dots,
    drips,
    foil,
    frame,
    glow,
    ground,
    rays,
    ribbon,
    slope,
    splash,
    stripes,
    wave,
)
from store_scenes.models.art.logos import draw_logo
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.scheme import luminance, mix, relight


def snack(front: Front) -> None:
    """Crisps: beams, a splash of flavour, a heap that spills out, the name leaning across."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.deep)
    ground(front, mix(scheme.base, WHITE, 0.10), scheme.base)
    if brand.seed & 2:
        rays(front, (x, y), 14, mix(scheme.base, WHITE, 0.55), 0.38)
    else:
        slope(
            front,
            0.30 * front.whole.height,
            0.12 * front.whole.height,
            mix(scheme.base, WHITE, 0.22),
            0.34 * front.whole.height,
        )
        wave(front, y + 0.55 * radius, 0.05 * front.whole.height, deep, relight(deep, 0.7))
    glow(front, (x, y), radius * 1.5, (255, 250, 220), 0.75)
    splash(front, (x, y), radius * 0.98, mix(scheme.accent, WHITE, 0.08), scheme.seed % 7)
    front.picture((x, y), radius * 1.02)
    corners(front, deep, scheme.base)
    draw_logo(front, plan.logo, scheme.base)
    light = (255, 255, 255) if luminance(deep) < 0.3 else (255, 246, 200)
    front.title(plan.name, light, scheme.base, outline=deep, tilt_deg=0 if front.wide else -6)
    spicy(front, front.box(0.02, 0.86, 0.3, 0.07), scheme.base)
    if not front.wide:
        badge(front, (x + 0.74 * radius, y + 0.66 * radius), 0.25 * radius, (214, 30, 38), 14)
    else:
        front.size(plan.foot, deep, scheme.base, "left")


def stick(front: Front) -> None:
    """Crisps, the other way: the name on a white blob in the middle, crisps flying around it."""
    scheme = front.scheme
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.deep)
    ground(front, scheme.base, relight(scheme.base, 0.80))
    dots(front, 0.12 * front.unit, 0.035 * front.unit, WHITE, 0.16)
    centre = (plan.name.x + plan.name.width / 2, plan.name.y + plan.name.height / 2)
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(
            centre[0] - 0.62 * plan.name.width,
            centre[1] - 0.66 * plan.name.height,
            1.24 * plan.name.width,
            1.32 * plan.name.height,
        ),
        paint_of(deep),
    )
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(
            centre[0] - 0.60 * plan.name.width,
            centre[1] - 0.62 * plan.name.height,
            1.20 * plan.name.width,
            1.24 * plan.name.height,
        ),
        paint_of(CREAM),
    )
    front.picture((x, y), radius)
    draw_logo(front, plan.logo, scheme.base)
    front.title(inside(plan.name, 0.05, 0.10), dark(scheme.base), CREAM)
    spicy(front, front.box(0.02, 0.86, 0.3, 0.07), scheme.base)
    if not front.wide:
        front.size(plan.foot, WHITE, relight(scheme.base, 0.82))


def candy(front: Front) -> None:
    """Sweets: candy-cane stripes, a round plate, round letters."""
    scheme = front.scheme
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    tint = bright(scheme.base, 0.62)
    ground(front, mix(tint, WHITE, 0.3), tint)
    stripes(front, 0.14 * front.unit, WHITE, 0.55, 0.5)
    wave(front, y - 0.1 * radius, 0.06 * front.unit, scheme.base, relight(scheme.base, 0.86))
    halo(front, plan, WHITE, 1.02)
    halo(front, plan, mix(scheme.base, WHITE, 0.84), 0.95)
    front.picture((x, y), radius * 0.84)
    draw_logo(front, plan.logo, mix(tint, WHITE, 0.4))
    front.title(
        plan.name,
        WHITE,
        tint,
        outline=dark(scheme.base, 0.16),
        how=Lettering("round", 0.0, 1.0, 0.0, 0.20),
    )
    front.size(plan.foot, WHITE, relight(scheme.base, 0.86), "left" if front.wide else "centre")


def chocolate(front: Front) -> None:
    """Chocolate: dark board or coloured wrap, gold lines, serif name in gold."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.32)
    x, y, radius = plan.hero
    deep = dark(mix(scheme.base, (60, 30, 16), 0.45), 0.06)
    ground(front, deep, relight(deep, 0.72))
    if brand.seed & 2:
        band(front, y - 0.3 * radius, 0.95 * radius, scheme.base)
        for at in (y - 0.3 * radius, y + 0.65 * radius):
            band(front, at, 0.012 * front.unit, GOLD)
    else:
        glow(front, (x, y), radius * 1.4, mix(scheme.base, (255, 220, 160), 0.4), 0.55)
    frame(front, -0.015 * front.unit, 0.010 * front.unit, GOLD, double=True)
    front.picture((x, y), radius * 0.92)
    draw_logo(front, inside(plan.logo, 0.06, 0.12), deep, quiet=True)
    front.title(
        inside(plan.name, 0.04, 0.02),
        (240, 208, 130),
        deep,
        how=Lettering("serif"),
        small_ink=(236, 224, 204),
    )
    front.size(
        inside(plan.foot, 0.05, 0.0), GOLD, relight(deep, 0.75), "left" if front.wide else "centre"
    )


def biscuit(front: Front) -> None:
    """Biscuits: a ribbon with the name over a warm field, the stack below on a lace disc."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.30)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    if brand.seed & 2:
        ground(front, CREAM, mix(scheme.base, CREAM, 0.70))
        on, logo_on = CREAM, CREAM
        wave(front, y + 0.1 * radius, 0.05 * front.unit, scheme.base, relight(scheme.base, 0.8))
    else:
        ground(front, mix(scheme.base, WHITE, 0.08), relight(scheme.base, 0.86))
        on = logo_on = scheme.base
        stripes(front, 0.08 * front.unit, WHITE, 0.08)
    burst(front.canvas, (x, y), radius * 1.06, 22, relight(scheme.accent, 0.9), 0.93)
    burst(front.canvas, (x, y), radius * 0.98, 22, CREAM, 0.95)
    front.picture((x, y), radius * 0.86)
    corners(front, scheme.accent, scheme.base)
    draw_logo(front, plan.logo, logo_on)
    if front.wide:
        front.title(plan.name, deep, on)
    else:
        strip = Box(
            plan.name.x + 0.05 * plan.name.width,
            plan.name.y,
            plan.name.width * 0.90,
            plan.name.height * 0.86,
        )
        ribbon(front, strip, deep, relight(deep, 0.6))
        front.title(inside(strip, 0.04, 0.07), CREAM, deep)
    front.size(
        plan.foot,
        deep,
        mix(scheme.base, WHITE, 0.0) if on != CREAM or not front.wide else CREAM,
        "left" if front.wide else "centre",
    )


def cereal(front: Front) -> None:
    """Cereal: a sunrise of beams, the bowl with leaping milk, the name in an arc of colour."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.32)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    if brand.seed & 2:
        ground(front, scheme.base, relight(scheme.base, 0.78))
        rays(front, (x, y + radius * 0.5), 18, mix(scheme.base, WHITE, 0.6), 0.28)
        on, ink = scheme.base, (255, 255, 255)
    else:
        ground(front, CREAM, (250, 240, 214))
        on, ink = CREAM, deep
        front.canvas.drawOval(
            skia.Rect.MakeXYWH(x - 1.5 * radius, y - 0.45 * radius, 3 * radius, 4 * radius),
            gradient((0, y - radius), (0, y + radius), scheme.base, relight(scheme.base, 0.75)),
        )
    front.picture((x, y), radius * 0.98)
    corners(front, scheme.accent, scheme.base)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, ink, on, outline=deep if on == scheme.base else None)
    badge(front, (x + 0.82 * radius, y - 0.72 * radius), 0.26 * radius, scheme.accent, 16)
    foot = relight(scheme.base, 0.76)
    front.size(plan.foot, WHITE, on if front.wide else foot, "left" if front.wide else "centre")


def nuts(front: Front) -> None:
    """Nuts and dried fruit: brown paper, a stamped card, the goods below as in a window."""
    scheme = front.scheme
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    kraft = (206, 170, 124) if scheme.brand.seed & 2 else (238, 228, 206)
    ground(front, mix(kraft, WHITE, 0.12), relight(kraft, 0.92))
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(x - 1.06 * radius, y - radius, 2.12 * radius, 2.0 * radius),
        paint_of(relight(kraft, 0.62)),
    )
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(x - 1.0 * radius, y - 0.94 * radius, 2.0 * radius, 1.88 * radius),
        paint_of((255, 248, 232)),
    )
    front.picture((x, y), radius * 0.86)
    fill = dark(scheme.base, 0.14)
    card(front, plan.name, fill, mix(fill, WHITE, 0.5), 0.03 * front.unit)
    draw_logo(front, plan.logo, kraft)
    front.title(inside(plan.name, 0.07, 0.10), CREAM, fill)
    front.size(plan.foot, dark(kraft), relight(kraft, 0.94), "left" if front.wide else "centre")


def icecream(front: Front) -> None:
    """Ices: something melting from the upper edge, scoops, round letters."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    tint = bright(mix(scheme.base, WHITE, 0.5), 0.6)
    deep = dark(scheme.base, 0.12)
    if brand.seed & 2:
        ground(front, deep, relight(deep, 0.8))
        on, ink = deep, CREAM
        glow(front, (x, y), radius * 1.5, tint, 0.6)
    else:
        ground(front, mix(tint, WHITE, 0.5), tint)
        on, ink = mix(tint, WHITE, 0.4), deep
        drips(
            front,
            plan.logo.y + plan.logo.height * 1.1,
            0.16 * front.whole.height,
            mix(scheme.base, WHITE, 0.12),
            brand.seed,
        )
    front.picture((x, y), radius * 0.96)
    draw_logo(front, plan.logo, on if brand.seed & 2 else mix(scheme.base, WHITE, 0.12))
    name = plan.name
    if not brand.seed & 2:
        name = Box(name.x, name.y + 0.1 * name.height, name.width, name.height * 0.9)
        front.title(name, WHITE, on, outline=deep, how=Lettering("round", outline=0.2))
    else:
        front.title(name, ink, on, how=Lettering("serif"))
    front.size(plan.foot, deep, on if brand.seed & 2 else tint, "left" if front.wide else "centre")


def foiled(front: Front) -> None:
    """Bars and single snacks: shining foil, one slanting field of colour."""
    scheme = front.scheme
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    base = scheme.base
    foil(front, (mix(base, WHITE, 0.25), base, mix(base, WHITE, 0.35), relight(base, 0.85), base))
    slope(front, 0.62 * front.whole.height, 0.46 * front.whole.height, dark(base))
    slope(
        front,
        0.60 * front.whole.height,
        0.44 * front.whole.height,
        scheme.accent,
        0.016 * front.whole.height,
    )
    front.picture((x, y), radius)
    draw_logo(front, plan.logo, base)
    front.title(plan.name, WHITE, base, outline=dark(base))
    front.size(
        plan.foot, WHITE, dark(base) if not front.wide else base, "left" if front.wide else "centre"
    )


def bread(front: Front) -> None:
    """Bread: clear film with printed stripes, an oval baker's label."""
    scheme = front.scheme
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    crumb = (246, 226, 190)
    ground(front, (250, 238, 212), (226, 188, 132))
    stripes(front, 0.16 * front.unit, legible(scheme.base, crumb, 1.4), 0.22)
    front.picture((x, y), radius)
    label = plan.name
    front.canvas.drawOval(
        skia.Rect.MakeXYWH(
            label.x - 0.02 * label.width,
            label.y - 0.10 * label.height,
            1.04 * label.width,
            1.20 * label.height,
        ),
        paint_of(dark(scheme.base, 0.2)),
    )
    oval = skia.Rect.MakeXYWH(
        label.x, label.y - 0.06 * label.height, label.width, 1.12 * label.height
    )
    front.canvas.drawOval(oval, paint_of(CREAM))
    front.canvas.drawOval(
        oval.makeInset(0.03 * label.width, 0.03 * label.width),
        stroke(scheme.base, 0.008 * front.unit),
    )
    draw_logo(front, plan.logo, (250, 236, 208))
    front.title(inside(label, 0.13, 0.12), dark(scheme.base, 0.14), CREAM)
    front.size(plan.foot, (70, 40, 20), (230, 196, 144), "left" if front.wide else "centre")
