"""Things to drink: milk and yogurt, juice, water, soda, beer and wine, tea and coffee."""

import skia

from store_scenes.models.art.brushes import WHITE, leaf, stroke
from store_scenes.models.art.compositions.parts import (
    CREAM,
    GOLD,
    NIGHT,
    bright,
    card,
    claims,
    corners,
    dark,
    halo,
    inside,
)
from store_scenes.models.art.front import Front, legible
from store_scenes.models.art.grounds import (
    arch,
    band,
    dots,
    drips,
    foil,
    frame,
    glow,
    ground,
    hills,
    slope,
    splash,
    stripes,
    wave,
)
from store_scenes.models.art.logos import draw_logo, draw_mark
from store_scenes.models.art.motifs_things import ear
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.scheme import luminance, mix, relight


def milk(front: Front) -> None:
    """Milk: white above, the flavour's colour below; pastures, or one plain field."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.30)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.16)
    if brand.seed & 2:
        ground(front, (255, 255, 253), mix(scheme.base, WHITE, 0.78))
        hills(front, y + 0.30 * radius, mix(scheme.base, (130, 200, 90), 0.45), scheme.base)
        on, ink = (253, 253, 251), deep
    else:
        ground(front, mix(scheme.base, WHITE, 0.05), scheme.base)
        on, ink = scheme.base, WHITE
        wave(
            front,
            y + 0.35 * radius,
            0.05 * front.whole.height,
            WHITE,
            mix(scheme.base, WHITE, 0.85),
        )
        halo(front, plan, mix(scheme.base, WHITE, 0.30), 0.98)
    front.picture((x, y), radius * 0.94)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, legible(ink, on), on)
    foot = scheme.base if brand.seed & 2 else mix(scheme.base, WHITE, 0.88)
    claims(front, front.box(0.0, 0.86, 1.0, 0.055), deep, foot)
    front.size(plan.foot, deep, on if front.wide else foot, "left" if front.wide else "centre")


def yogurt(front: Front) -> None:
    """Yogurt: a swirl of white and fruit, seen from above."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    tint = bright(mix(scheme.base, WHITE, 0.55), 0.62)
    deep = dark(scheme.base, 0.14)
    if brand.seed & 2:
        ground(front, WHITE, mix(tint, WHITE, 0.5))
        on = (254, 254, 254)
    else:
        ground(front, mix(tint, WHITE, 0.15), tint)
        on = mix(tint, WHITE, 0.1)
    for i in range(7):
        r = radius * (1.75 - 0.17 * i)
        tone = WHITE if i % 2 else mix(scheme.base, WHITE, 0.45)
        front.canvas.drawArc(
            skia.Rect.MakeXYWH(x - r, y - r * 0.85, 2 * r, 1.7 * r),
            40 * i,
            300,
            False,
            stroke(tone, radius * 0.10, 0.75),
        )
    halo(front, plan, WHITE, 0.92, 0.92)
    front.picture((x, y), radius * 0.78)
    strip = Box(plan.name.x, plan.name.y, plan.name.width, plan.name.height)
    front.rect(
        Box(strip.x - 0.02 * strip.width, strip.y, strip.width * 1.04, strip.height),
        paint_of(on),
        0.06 * front.unit,
    )
    draw_logo(front, plan.logo, on)
    front.title(
        inside(strip, 0.04, 0.03),
        deep,
        on,
        how=Lettering("round" if not brand.seed & 2 else brand.title),
    )
    front.size(plan.foot, deep, on, "left" if front.wide else "centre")


def juice(front: Front) -> None:
    """Juice: fruit cut open, juice running down from the upper edge or a field of pure colour."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.14)
    if brand.seed & 2:
        ground(front, CREAM, mix(scheme.item, CREAM, 0.6))
        drips(
            front,
            plan.logo.y + plan.logo.height * 1.15,
            0.10 * front.whole.height,
            mix(scheme.base, WHITE, 0.0),
            scheme.seed,
        )
        on, logo_on = CREAM, scheme.base
        name = Box(
            plan.name.x,
            plan.name.y + 0.12 * plan.name.height,
            plan.name.width,
            plan.name.height * 0.88,
        )
        outline = None
        ink = deep
        front.rect(inside(name, -0.03, -0.02), paint_of(CREAM), 0.05 * front.unit)
    else:
        ground(front, mix(scheme.base, WHITE, 0.12), relight(scheme.base, 0.88))
        splash(front, (x, y), radius * 0.95, mix(scheme.item, WHITE, 0.72), scheme.seed % 5)
        on = logo_on = scheme.base
        name, outline, ink = plan.name, deep, WHITE
    front.picture((x, y), radius * 0.96)
    draw_logo(front, plan.logo, logo_on)
    front.title(
        name,
        ink,
        on,
        outline=outline,
        how=Lettering(
            brand.title if brand.title != "serif" else "round",
            0.0,
            brand.squeeze,
            0.0,
            0.17 if outline else 0.0,
        ),
    )
    foot = on if front.wide or on != CREAM else mix(scheme.item, CREAM, 0.62)
    front.size(plan.foot, deep, foot, "left" if front.wide else "centre")


def water(front: Front) -> None:
    """Water: clear sky over blue mountains, wide thin letters."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.14)
    pale = mix(scheme.base, WHITE, 0.88)
    if brand.seed & 2:
        ground(front, WHITE, mix(scheme.base, WHITE, 0.6))
        on, ink = (252, 253, 255), deep
    else:
        ground(front, deep, scheme.base)
        on, ink = mix(deep, scheme.base, 0.3), WHITE
        glow(front, (x, y), radius * 1.6, pale, 0.55)
    canvas = front.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(max(1.0, front.area.width / (2 * radius) * 0.98), 1.0)
    canvas.translate(-x, -y)
    front.picture((x, y), radius * 1.05)
    canvas.restore()
    wave(front, y + 0.78 * radius, 0.02 * front.whole.height, scheme.base, deep)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, ink, on)
    front.size(plan.foot, WHITE, on if front.wide else deep, "left" if front.wide else "centre")


def soda(front: Front) -> None:
    """Soft drinks: one bold graphic all around, the name climbing across it."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.46)
    whole = front.whole
    deep = dark(scheme.base, 0.10)
    base = scheme.base
    foil(front, (base, mix(base, WHITE, 0.22), base, relight(base, 0.8), base))
    if brand.seed & 2:
        for i, (tone, tall) in enumerate(((deep, 0.36), (scheme.accent, 0.05), (WHITE, 0.025))):
            top = whole.height * (0.62 + 0.05 * i)
            slope(
                front,
                top + 0.14 * whole.height,
                top - 0.22 * whole.height,
                tone,
                tall * whole.height,
            )
    else:
        wave(front, 0.66 * whole.height, 0.16 * whole.height, deep, relight(deep, 0.7))
        wave(front, 0.72 * whole.height, 0.16 * whole.height, scheme.accent, scheme.accent, 0.3)
        wave(front, 0.75 * whole.height, 0.16 * whole.height, deep, relight(deep, 0.7), 0.3)
    dots(front, 0.16 * front.unit, 0.022 * front.unit, WHITE, 0.20)
    x, y, radius = plan.hero
    if scheme.motif != "drop":
        front.picture((x, y), radius * 1.05)
    else:
        for i in range(9):
            far = radius * (0.25 + 0.11 * (i * 5 % 7))
            at = (x + (i - 4) * 0.24 * radius, y + 0.5 * radius - far)
            front.canvas.drawCircle(
                *at, radius * (0.06 + 0.02 * (i % 4)), stroke(WHITE, radius * 0.03, 0.8)
            )
    draw_logo(front, plan.logo, base)
    front.title(
        plan.name,
        WHITE,
        base,
        outline=deep,
        tilt_deg=0 if front.wide else -9,
        how=Lettering(
            "round" if brand.title == "serif" else brand.title, 0.16, brand.squeeze, 0.0, 0.2
        ),
    )
    front.size(
        plan.foot, WHITE, deep if not front.wide else base, "left" if front.wide else "centre"
    )


def beer(front: Front) -> None:
    """Beer: a crest with ears of barley, gold lines, stripes above and below."""
    scheme = front.scheme
    whole = front.whole
    deep = dark(scheme.base, 0.10)
    ground(front, mix(scheme.base, WHITE, 0.05), scheme.base)
    for top in (0.03, 0.93):
        band(front, top * whole.height, 0.04 * whole.height, GOLD)
        band(front, (top + 0.012) * whole.height, 0.016 * whole.height, deep)
    area = front.area
    middle = (area.x + area.width / 2, area.y + area.height * 0.50)
    rx, ry = 0.52 * area.width, 0.44 * area.height
    for grow, tone in ((1.0, GOLD), (0.96, CREAM), (0.90, GOLD), (0.885, CREAM)):
        front.canvas.drawOval(
            skia.Rect.MakeXYWH(
                middle[0] - rx * grow, middle[1] - ry * grow, 2 * rx * grow, 2 * ry * grow
            ),
            paint_of(tone),
        )
    reach = 0.36 * ry
    for side in (-1, 1):
        ear(
            front.canvas,
            (middle[0] + side * 0.12 * rx, middle[1] + 0.84 * ry),
            reach * 1.5,
            side * 46,
        )
    draw_mark(
        front.canvas, scheme.brand.mark, (middle[0], middle[1] - 0.62 * ry), 0.16 * ry, deep, CREAM
    )
    name = Box(middle[0] - 0.74 * rx, middle[1] - 0.34 * ry, 1.48 * rx, 0.72 * ry)
    front.title(name, dark(scheme.base, 0.12), CREAM, how=Lettering("serif"))
    brand = Box(middle[0] - 0.5 * rx, middle[1] + 0.44 * ry, rx, 0.16 * ry)
    front.text(scheme.brand.main, brand, deep, CREAM, how=Lettering(scheme.brand.face))
    size = Box(middle[0] - 0.4 * rx, middle[1] + 0.62 * ry, 0.8 * rx, 0.13 * ry)
    front.size(size, deep, CREAM)


def wine(front: Front) -> None:
    """Wine and spirits: cream paper, a thin frame, much air."""
    scheme = front.scheme
    plan = front.plan("hero", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.10)
    ground(front, (248, 242, 228), (240, 230, 208))
    frame(front, -0.01 * front.unit, 0.008 * front.unit, deep, double=True)
    front.picture((x, y), radius * 0.72)
    draw_logo(front, inside(plan.logo, 0.08, 0.10), (248, 242, 228), quiet=True)
    front.title(inside(plan.name, 0.07, 0.04), deep, (244, 236, 218), how=Lettering("serif"))
    front.size(
        inside(plan.foot, 0.06, 0.0), deep, (240, 230, 208), "left" if front.wide else "centre"
    )


def tea(front: Front) -> None:
    """Tea: quiet paper, a moon of colour, a branch, the maker's seal."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("hero" if brand.seed & 2 else "name", 0.32)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.14)
    paper = (250, 248, 240) if not brand.seed & 4 else mix(scheme.base, WHITE, 0.86)
    ground(front, paper, mix(paper, scheme.base, 0.14))
    halo(front, plan, mix(scheme.base, WHITE, 0.55), 0.98)
    frame(front, -0.012 * front.unit, 0.007 * front.unit, mix(deep, paper, 0.35))
    for i in range(4):
        leaf(
            front.canvas,
            (x + radius * (0.95 - 0.1 * i), y - radius * (0.9 - 0.26 * i)),
            radius * 0.42,
            -70 - 22 * i,
            mix(scheme.base, deep, 0.2 * i),
        )
    front.picture((x, y + 0.06 * radius), radius * 0.74)
    draw_logo(front, inside(plan.logo, 0.06, 0.10), paper, quiet=True)
    front.title(inside(plan.name, 0.06, 0.02), deep, paper, how=Lettering("serif"))
    seal = 0.055 * front.unit + 1.0
    corner = (
        front.area.x + front.area.width - 1.8 * seal,
        front.area.y + front.area.height - 2.0 * seal,
    )
    if not front.wide:
        front.rect(
            Box(corner[0] - seal * 0.5, corner[1] - seal * 0.5, 2 * seal, 2 * seal),
            paint_of((188, 40, 34)),
            seal * 0.25,
        )
        draw_mark(
            front.canvas,
            brand.mark,
            (corner[0] + 0.5 * seal, corner[1] + 0.5 * seal),
            seal * 0.72,
            CREAM,
            (188, 40, 34),
        )
    foot = inside(plan.foot, 0.06, 0.0)
    front.size(
        Box(foot.x, foot.y, foot.width * 0.7, foot.height),
        deep,
        mix(paper, scheme.base, 0.12),
        "left",
    )


def coffee(front: Front) -> None:
    """Coffee: dark and matt, a card with the name, a stamp of origin."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("low" if brand.seed & 2 else "name", 0.34)
    x, y, radius = plan.hero
    night = dark(mix(scheme.base, NIGHT, 0.35), 0.05)
    ground(front, night, relight(night, 0.7))
    stripes(front, 0.03 * front.unit, WHITE, 0.025)
    glow(front, (x, y), radius * 1.4, mix(scheme.base, (210, 150, 90), 0.6), 0.55)
    front.picture((x, y), radius * 0.92)
    fill = (232, 214, 182) if not brand.seed & 4 else mix(scheme.base, WHITE, 0.10)
    card(front, plan.name, fill, dark(fill, 0.2), 0.0 if brand.seed & 8 else 0.05 * front.unit)
    draw_logo(front, plan.logo, night, quiet=brand.place in ("centre", "left"))
    front.title(
        inside(plan.name, 0.07, 0.10),
        dark(scheme.base, 0.06),
        fill,
        how=Lettering("serif" if brand.seed & 16 else brand.title, 0.0, brand.squeeze),
    )
    front.size(plan.foot, GOLD, night, "left" if front.wide else "centre")


def ready(front: Front) -> None:
    """Ready teas and coffees, vitamin drinks: a tall colour fade with one clear circle."""
    scheme = front.scheme
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    ground(front, mix(scheme.base, WHITE, 0.82), scheme.base)
    arch(front, 0.10 * front.whole.height, 0.03 * front.whole.height, deep)
    halo(front, plan, WHITE, 1.0, 0.85)
    front.picture((x, y), radius * 0.82)
    corners(front, deep, scheme.base)
    draw_logo(front, plan.logo, deep)
    on = mix(scheme.base, WHITE, 0.60)
    front.title(plan.name, deep, on if luminance(on) > 0.3 else WHITE)
    front.size(
        plan.foot,
        WHITE,
        mix(scheme.base, WHITE, 0.4 if front.wide else 0.0),
        "left" if front.wide else "centre",
    )
