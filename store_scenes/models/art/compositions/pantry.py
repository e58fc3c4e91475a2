"""The larder: noodles, pasta, rice, flour, sauces, oils, spreads, tins, soups."""

import math

import skia

from store_scenes.models.art.brushes import WHITE, leaf, stroke
from store_scenes.models.art.compositions.parts import (
    CREAM,
    GOLD,
    NIGHT,
    badge,
    canvas_clip,
    card,
    corners,
    dark,
    halo,
    inside,
    spicy,
)
from store_scenes.models.art.front import Front, legible
from store_scenes.models.art.grounds import (
    arch,
    band,
    dots,
    frame,
    gingham,
    glow,
    ground,
    lattice,
    rays,
    slope,
    stripes,
    wave,
)
from store_scenes.models.art.logos import draw_logo, draw_mark
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.scheme import luminance, mix, relight

RED = (206, 32, 28)


def noodles(front: Front) -> None:
    """Ramyeon: a huge name, a bowl that fills the foot, heat told in chillies."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.40)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.05)
    whole = front.whole
    ground(front, mix(scheme.base, WHITE, 0.06), scheme.base)
    if brand.seed & 2:
        slope(front, 0.66 * whole.height, 0.44 * whole.height, deep)
        slope(front, 0.63 * whole.height, 0.41 * whole.height, (250, 206, 70), 0.02 * whole.height)
    else:
        rays(front, (x, y), 16, relight(scheme.base, 0.82), 0.55)
        wave(front, y - 0.05 * radius, 0.03 * whole.height, deep, relight(deep, 0.6))
    glow(front, (x, y), radius * 1.45, (255, 196, 110), 0.7)
    front.picture((x, y + 0.06 * radius), radius * 1.08)
    draw_logo(front, plan.logo, scheme.base)
    light = WHITE if luminance(scheme.base) < 0.35 else (255, 248, 214)
    front.title(
        plan.name,
        light,
        scheme.base,
        outline=deep,
        tilt_deg=0 if front.wide else -4,
        how=Lettering(
            "bold" if brand.title == "round" else brand.title, 0.0, brand.squeeze, 0.0, 0.2
        ),
    )
    spicy(front, front.box(0.3 if front.wide else 0.01, 0.90, 0.2, 0.075), deep)
    place = front.box(0.4, 0.935, 0.6, 0.06) if not front.wide else plan.foot
    front.size(
        place,
        (255, 240, 200),
        deep if not front.wide else scheme.base,
        "left" if front.wide else "right",
    )


def pasta(front: Front) -> None:
    """Pasta: one deep colour, an arched window with what is inside, a narrow tricolour."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    ground(front, mix(deep, scheme.base, 0.5), deep)
    on = mix(deep, scheme.base, 0.4)
    window = Box(x - 1.0 * radius, y - radius, 2.0 * radius, 2.0 * radius)
    if not front.wide:
        window = Box(front.area.x, y - radius, front.area.width, 2.0 * radius)
    canvas = canvas_clip(front, window, 0.14 * front.unit)
    canvas.drawPaint(paint_of((250, 232, 184)))
    for i in range(26):
        px = window.x + window.width * (i + 0.5) / 26
        lean = 0.12 * window.width * math.sin(i * 1.7)
        canvas.drawLine(
            px,
            window.y,
            px + lean,
            window.y + window.height,
            stroke((232, 190, 98) if i % 2 else (244, 212, 132), window.width * 0.03),
        )
    canvas.restore()
    front.canvas.drawRoundRect(
        skia.Rect.MakeXYWH(window.x, window.y, window.width, window.height),
        0.14 * front.unit,
        0.14 * front.unit,
        stroke(WHITE, 0.012 * front.unit),
    )
    halo(front, plan, CREAM, 0.80, 0.92)
    front.picture((x, y), radius * 0.74)
    left, step = front.area.x + 0.3 * front.area.width, front.area.width * 0.4 / 3
    top = plan.name.y - 0.018 * front.area.height
    if not front.wide:
        for i, tone in enumerate(((30, 130, 70), WHITE, RED)):
            front.rect(Box(left + i * step, top, step, 0.011 * front.area.height), paint_of(tone))
    draw_logo(front, plan.logo, on)
    front.title(plan.name, WHITE, on, how=Lettering("serif", brand.slant, brand.squeeze))
    front.size(plan.foot, WHITE, deep, "left" if front.wide else "centre")


def rice(front: Front) -> None:
    """Rice and grains: a sun over terraced fields, an upright card with the name."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.14)
    sky = (252, 246, 228) if not brand.seed & 2 else mix(scheme.base, WHITE, 0.82)
    ground(front, sky, mix(sky, (250, 214, 140), 0.5))
    front.canvas.drawCircle(x, y - 0.3 * radius, radius * 0.95, paint_of((250, 196, 96), 0.8))
    for i in range(5):
        top = y + radius * (0.05 + 0.22 * i)
        tone = mix(scheme.base, (196, 206, 110), 0.55 - 0.11 * i)
        wave(front, top, 0.03 * whole.height * (1 if i % 2 else -1), tone, relight(tone, 0.85))
    front.picture((x, y + 0.12 * radius), radius * 0.80)
    fill = deep if brand.seed & 4 else (254, 252, 244)
    card(front, plan.name, fill, GOLD if brand.seed & 4 else scheme.base)
    draw_logo(front, plan.logo, sky)
    front.title(
        inside(plan.name, 0.06, 0.08),
        WHITE if brand.seed & 4 else deep,
        fill,
        how=Lettering("serif"),
    )
    front.size(
        plan.foot,
        WHITE,
        mix(sky, deep, 0.2) if front.wide else scheme.base,
        "left" if front.wide else "centre",
    )


def baking(front: Front) -> None:
    """Flour, sugar, mixes, salt: plain paper, a checked cloth along the foot."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.14)
    paper = (250, 246, 236)
    ground(front, paper, (242, 234, 216))
    if brand.seed & 2:
        gingham(front, 0.72 * whole.height, 0.30 * whole.height, scheme.base, 0.06 * whole.width)
    else:
        wave(front, 0.70 * whole.height, 0.03 * whole.height, scheme.base, deep)
        dots(front, 0.09 * front.unit, 0.012 * front.unit, scheme.base, 0.25)
    halo(front, plan, paper, 1.04)
    halo(front, plan, mix(scheme.base, WHITE, 0.7), 0.98)
    front.picture((x, y), radius * 0.80)
    draw_logo(front, plan.logo, paper)
    front.title(plan.name, deep, paper)
    tag = plan.foot if front.wide else inside(plan.foot, 0.28, -0.1)
    if front.words.size and not front.wide:
        front.rect(tag, paint_of(deep), tag.height / 2)
        front.size(inside(tag, 0.06, 0.15), WHITE, deep)
    else:
        front.size(tag, deep, paper, "left")


def spice(front: Front) -> None:
    """Spices: a black band with the name, the powder's colour all around."""
    scheme = front.scheme
    plan = front.plan("name", 0.40)
    x, y, radius = plan.hero
    ground(front, scheme.base, relight(scheme.base, 0.78))
    stripes(front, 0.05 * front.unit, WHITE, 0.07, 0.4)
    front.picture((x, y), radius * 0.95)
    name = plan.name
    if not front.wide:
        band(front, name.y - 0.01 * front.area.height, name.height, NIGHT)
        for top in (name.y - 0.025 * front.area.height, name.y + name.height):
            band(front, top, 0.012 * front.area.height, GOLD)
        front.title(inside(name, 0.03, 0.08), (250, 236, 206), NIGHT)
    else:
        front.rect(name, paint_of(NIGHT), 0.03 * front.unit)
        front.title(inside(name, 0.05, 0.06), (250, 236, 206), NIGHT)
    draw_logo(front, plan.logo, scheme.base)
    front.size(plan.foot, WHITE, relight(scheme.base, 0.8), "left" if front.wide else "centre")


def sauce(front: Front) -> None:
    """Soy sauce and pastes: a paper door's fret, an upright scroll for the name, a red seal."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("hero" if brand.seed & 2 else "name", 0.42)
    x, y, radius = plan.hero
    area = front.area
    deep = dark(scheme.base, 0.08)
    ground(front, mix(deep, scheme.base, 0.6), deep)
    tall = 0.055 * front.whole.height
    gold = mix(GOLD, WHITE, 0.1)
    lattice(front, 0.012 * front.whole.height, tall, gold, 0.75)
    lattice(front, front.whole.height - tall * 1.25, tall, gold, 0.75)
    glow(front, (x, y), radius * 1.25, mix(scheme.accent, (255, 214, 140), 0.6), 0.45)
    front.picture((x, y), radius * 0.90)
    scroll = inside(plan.name, 0.05, 0.0)
    card(front, scroll, (250, 242, 222), deep)
    seal = 0.10 * min(scroll.width, scroll.height) + 0.8
    at = (scroll.x + scroll.width - seal * 0.9, scroll.y + scroll.height - seal * 0.7)
    draw_logo(front, inside(plan.logo, 0.04, 0.12), mix(deep, scheme.base, 0.6), quiet=True)
    front.title(inside(scroll, 0.09, 0.09), deep, (250, 242, 222), how=Lettering("serif"))
    front.rect(Box(at[0] - seal * 0.5, at[1] - seal * 0.5, seal, seal), paint_of(RED), seal * 0.16)
    draw_mark(front.canvas, brand.mark, at, seal * 0.34, CREAM, RED)
    low = front.whole.height - 1.35 * tall - plan.foot.height
    foot = plan.foot if front.wide else Box(area.x, low, area.width, plan.foot.height)
    front.size(foot, (250, 226, 170), deep, "left" if front.wide else "centre")


def condiment(front: Front) -> None:
    """Ketchup, dressings, pasta sauce: a bold field, a white swoosh under the slanted name."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    if brand.seed & 2:
        ground(front, CREAM, (248, 238, 216))
        wave(front, y, 0.05 * front.whole.height, scheme.base, deep)
        on, logo_on, ink, outline = CREAM, CREAM, deep, None
    else:
        ground(front, mix(scheme.base, WHITE, 0.08), relight(scheme.base, 0.84))
        arch(front, plan.name.y + 0.96 * plan.name.height, 0.04 * front.whole.height, CREAM)
        on, logo_on, ink, outline = CREAM, CREAM, deep, None
        if front.wide:
            on = logo_on = scheme.base
            ground(front, scheme.base, relight(scheme.base, 0.9))
            ink, outline = WHITE, deep
    leaf(front.canvas, (x - 0.7 * radius, y + 0.2 * radius), radius * 0.8, -50)
    front.picture((x, y + 0.05 * radius), radius * 0.96)
    draw_logo(front, plan.logo, logo_on)
    front.title(plan.name, ink, on, outline=outline)
    foot = on if front.wide else (deep if brand.seed & 2 else relight(scheme.base, 0.86))
    front.size(plan.foot, WHITE, foot, "left" if front.wide else "centre")


def oil(front: Front) -> None:
    """Oils and vinegars: a jewel of a label, oval frame, serif."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.40)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.08)
    if brand.seed & 2:
        ground(front, (250, 246, 230), mix(scheme.base, (250, 246, 230), 0.6))
        on, ink, line = (250, 246, 230), deep, scheme.base
    else:
        ground(front, deep, mix(deep, scheme.base, 0.5))
        on, ink, line = deep, (250, 226, 150), GOLD
    frame(front, -0.012 * front.unit, 0.010 * front.unit, line, double=True)
    glow(front, (x, y), radius * 1.25, (255, 224, 120), 0.7)
    front.picture((x, y), radius * 0.86)
    draw_logo(front, inside(plan.logo, 0.06, 0.10), on, quiet=True)
    front.title(inside(plan.name, 0.05, 0.0), ink, on, how=Lettering("serif"))
    foot = on if front.wide else mix(on, scheme.base, 0.45)
    front.size(inside(plan.foot, 0.05, 0.0), ink, foot, "left" if front.wide else "centre")


def spread(front: Front) -> None:
    """Jam, honey, butters for bread: a checked cloth above, cream paper, fruit below."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.14)
    ground(front, CREAM, (250, 240, 218))
    cloth = plan.logo.y + plan.logo.height * 1.12
    if brand.seed & 2:
        gingham(front, -9.0, cloth + 9.0, scheme.base, 0.10 * front.unit)
        if front.scheme.brand.place in ("centre", "left", "tab"):
            front.rect(inside(plan.logo, 0.10, -0.02), paint_of(CREAM), plan.logo.height * 0.3)
        logo = inside(plan.logo, 0.12, 0.06)
    else:
        wave(front, y + 0.25 * radius, 0.04 * front.whole.height, scheme.base, deep)
        frame(front, -0.008 * front.unit, 0.006 * front.unit, scheme.base)
        logo = inside(plan.logo, 0.04, 0.08)
    halo(front, plan, (255, 255, 252), 0.96, 0.9)
    front.picture((x, y), radius * 0.88)
    draw_logo(front, logo, CREAM, quiet=front.wide)
    front.title(plan.name, deep, CREAM, how=Lettering("serif" if brand.seed & 4 else "round"))
    foot = CREAM if front.wide or brand.seed & 2 else deep
    front.size(plan.foot, deep, foot, "left" if front.wide else "centre")


def tin_fish(front: Front) -> None:
    """Tinned fish: the sea in flat waves, the fish over a setting sun."""
    scheme = front.scheme
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.08)
    ground(front, mix(scheme.base, WHITE, 0.72), mix(scheme.base, WHITE, 0.45))
    front.canvas.drawCircle(x, y - 0.2 * radius, radius * 0.92, paint_of((250, 190, 80)))
    for i in range(4):
        tone = mix(scheme.base, deep, i / 3)
        wave(
            front,
            y + radius * (0.02 + 0.24 * i),
            0.04 * whole.height * (1 if i % 2 else -1),
            tone,
            tone,
        )
    front.picture((x, y), radius * 0.94)
    strip = inside(plan.name, -0.02, 0.0)
    if not front.wide:
        band(front, strip.y, strip.height * 0.98, deep)
        band(front, strip.y + strip.height * 0.98, 0.016 * whole.height, (250, 190, 80))
    else:
        front.rect(strip, paint_of(deep), 0.04 * front.unit)
    draw_logo(front, plan.logo, mix(scheme.base, WHITE, 0.7))
    front.title(inside(plan.name, 0.03, 0.06), WHITE, deep)
    front.size(
        plan.foot,
        WHITE,
        deep if not front.wide else mix(scheme.base, WHITE, 0.6),
        "left" if front.wide else "centre",
    )


def tin(front: Front) -> None:
    """Tins: two solid fields, a white disc, the produce large."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    green = (38, 104, 56) if brand.seed & 2 else deep
    ground(front, green, relight(green, 0.86))
    lower = plan.name.y + plan.name.height + 0.01 * front.area.height
    if not front.wide:
        band(front, lower, front.whole.height, scheme.base)
        band(front, lower, 0.014 * front.whole.height, (250, 214, 90))
    halo(front, plan, WHITE, 1.0)
    halo(front, plan, mix(scheme.item, WHITE, 0.78), 0.93)
    front.picture((x, y), radius * 0.86)
    corners(front, (250, 214, 90), scheme.base)
    draw_logo(front, plan.logo, green)
    front.title(plan.name, WHITE, green)
    foot = green if front.wide else scheme.base
    front.size(plan.foot, WHITE, foot, "left" if front.wide else "centre")


def kimchi(front: Front) -> None:
    """Kimchi and side dishes: a brush of red across hanji paper, fret borders."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.12)
    paper = (250, 244, 230)
    ground(front, paper, (244, 232, 208))
    lattice(front, front.whole.height * 0.945, 0.045 * front.whole.height, deep, 0.5)
    name = plan.name
    path = skia.Path()
    top, foot = name.y - 0.02 * name.height, name.y + 0.98 * name.height
    left = name.x - 0.03 * name.width
    right = name.x + 1.03 * name.width
    path.moveTo(left, top + 0.10 * name.height)
    path.cubicTo(
        left + 0.3 * name.width,
        top - 0.04 * name.height,
        left + 0.7 * name.width,
        top + 0.08 * name.height,
        right,
        top,
    )
    path.lineTo(right - 0.02 * name.width, foot - 0.06 * name.height)
    path.cubicTo(
        left + 0.7 * name.width,
        foot + 0.04 * name.height,
        left + 0.3 * name.width,
        foot - 0.06 * name.height,
        left + 0.01 * name.width,
        foot,
    )
    path.close()
    fill = deep if brand.seed & 2 else dark(scheme.base, 0.2)
    front.canvas.drawPath(path, paint_of(fill))
    halo(front, plan, mix(scheme.base, paper, 0.75), 1.0)
    front.picture((x, y), radius * 0.92)
    draw_logo(front, plan.logo, paper)
    front.title(inside(name, 0.06, 0.09), (255, 246, 226), fill, how=Lettering("serif"))
    spicy(front, front.box(0.3 if front.wide else 0.0, 0.88, 0.2, 0.08), paper)
    front.size(plan.foot, deep, paper, "left" if front.wide else "right")


def soup(front: Front) -> None:
    """Soups, stews and ready meals: the dish large on dark, the name in a field of colour."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("low" if brand.seed & 2 else "name", 0.36)
    x, y, radius = plan.hero
    night = dark(mix(scheme.base, NIGHT, 0.6), 0.03)
    ground(front, relight(night, 1.6), night)
    stripes(front, 0.22 * front.unit, (120, 84, 50), 0.12, 0.0)
    glow(front, (x, y), radius * 1.5, (255, 190, 110), 0.5)
    front.picture((x, y), radius * 1.0)
    fill = dark(scheme.base, 0.22)
    name = plan.name
    if front.wide:
        front.rect(name, paint_of(fill), 0.04 * front.unit)
    else:
        band(front, name.y, name.height, fill)
        band(front, name.y, 0.008 * front.whole.height, GOLD)
        band(
            front,
            name.y + name.height - 0.008 * front.whole.height,
            0.008 * front.whole.height,
            GOLD,
        )
    draw_logo(front, plan.logo, relight(night, 1.5))
    front.title(inside(name, 0.04, 0.09), WHITE, fill)
    spicy(front, front.box(0.3 if front.wide else 0.0, 0.93, 0.2, 0.055), night)
    front.size(plan.foot, (250, 226, 190), night, "left" if front.wide else "right")


def seaweed(front: Front) -> None:
    """Laver: dark green like the sheet itself, gold name, scales of the sea below."""
    scheme = front.scheme
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(mix(scheme.base, (12, 46, 34), 0.5), 0.05)
    ground(front, mix(deep, scheme.base, 0.5), deep)
    step = 0.11 * front.unit
    rows = min(8, int(0.3 * whole.height / (step * 0.5)))
    for row in range(rows):
        for column in range(min(40, int(whole.width / step) + 2)):
            at = ((column + 0.5 * (row % 2)) * step, whole.height - (rows - row - 1) * step * 0.45)
            front.canvas.drawCircle(*at, step * 0.5, paint_of(mix(deep, scheme.base, 0.35)))
            front.canvas.drawCircle(*at, step * 0.36, stroke(GOLD, step * 0.05, 0.7))
    glow(front, (x, y), radius * 1.2, (255, 250, 214), 0.5)
    front.picture((x, y), radius * 0.88)
    on = mix(deep, scheme.base, 0.4)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, (250, 222, 150), on, how=Lettering("serif"))
    badge(front, (x + 0.8 * radius, y + 0.62 * radius), 0.24 * radius, legible(RED, on, 1.2))
