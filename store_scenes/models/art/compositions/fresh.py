"""The cold and the fresh: meat and fish, fruit and vegetables, tofu, eggs, cheese, frozen food."""

import skia

from store_scenes.models.art.brushes import WHITE, leaf, stroke
from store_scenes.models.art.compositions.parts import (
    CREAM,
    GOLD,
    badge,
    card,
    claims,
    corners,
    dark,
    halo,
    inside,
)
from store_scenes.models.art.front import BLEED_MM, Front
from store_scenes.models.art.grounds import (
    arch,
    glow,
    ground,
    hills,
    slope,
    snowflakes,
    stripes,
    wave,
)
from store_scenes.models.art.logos import draw_logo
from store_scenes.models.art.text import Box, Lettering, paint_of
from store_scenes.models.scheme import mix, relight


def counter(front: Front) -> None:
    """Meat and fish: the scale's white sticker on a band of the counter's colour."""
    scheme, brand = front.scheme, front.scheme.brand
    area = front.area
    deep = dark(scheme.base, 0.12)
    ground(front, deep, relight(deep, 0.8))
    stripes(front, 0.08 * front.unit, WHITE, 0.05, 0.0 if brand.seed & 2 else 0.5)
    sticker = Box(area.x, area.y, area.width, area.height)
    card(front, sticker, (254, 254, 252), None, 0.03 * front.unit)
    head = Box(sticker.x, sticker.y, sticker.width, sticker.height * 0.20)
    canvas = front.canvas
    canvas.save()
    canvas.clipRRect(
        skia.RRect.MakeRectXY(
            skia.Rect.MakeXYWH(sticker.x, sticker.y, sticker.width, sticker.height),
            0.03 * front.unit,
            0.03 * front.unit,
        ),
        skia.ClipOp.kIntersect,
        True,
    )
    front.rect(head, paint_of(deep))
    canvas.restore()
    draw_logo(front, inside(head, 0.04, 0.10), deep, quiet=True)
    wide = sticker.width > 1.25 * sticker.height
    share = 0.60 if wide else 0.92
    name = Box(
        sticker.x + 0.04 * sticker.width,
        sticker.y + 0.24 * sticker.height,
        sticker.width * share,
        sticker.height * (0.46 if wide else 0.36),
    )
    front.title(name, (26, 26, 30), (254, 254, 252), how=Lettering("bold"), align="left")
    foot = Box(
        name.x, sticker.y + sticker.height * 0.80, sticker.width * 0.55, sticker.height * 0.15
    )
    front.size(foot, deep, (254, 254, 252), "left")
    radius = (
        min(0.17 * sticker.width, 0.30 * sticker.height)
        if wide
        else min(0.36 * sticker.width, 0.18 * sticker.height)
    )
    at = (
        (sticker.x + 0.81 * sticker.width, sticker.y + 0.60 * sticker.height)
        if wide
        else (sticker.x + 0.58 * sticker.width, sticker.y + 0.78 * sticker.height)
    )
    canvas.drawCircle(*at, radius, paint_of(mix(scheme.base, WHITE, 0.85)))
    front.picture(at, radius * 0.84)


def fresh(front: Front) -> None:
    """Fruit and vegetables in a bag or punnet: leaves at the edges, a green field's label."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    green = dark(mix(scheme.base, (40, 120, 50), 0.4), 0.16)
    ground(front, (240, 248, 230), mix(scheme.base, WHITE, 0.62))
    for i in range(7):
        turn = (i - 3) * 24
        leaf(
            front.canvas,
            (x + (i - 3) * 0.22 * radius, front.whole.height * 1.02),
            0.42 * front.whole.height,
            turn,
            mix((104, 178, 72), scheme.base, 0.25),
            slim=0.34,
        )
    halo(front, plan, (252, 254, 248), 0.98, 0.85)
    front.picture((x, y), radius * 0.90)
    if brand.seed & 2:
        card(front, plan.name, green, mix(green, WHITE, 0.6), 0.12 * front.unit)
        front.title(inside(plan.name, 0.07, 0.09), WHITE, green)
    else:
        front.title(plan.name, green, (240, 248, 230), how=Lettering("round"))
    draw_logo(front, plan.logo, (240, 248, 230))
    front.size(
        plan.foot,
        green,
        mix(scheme.base, WHITE, 0.66) if not front.wide else (236, 246, 226),
        "left" if front.wide else "centre",
    )


def tofu(front: Front) -> None:
    """Tofu: white as the block, one round field of green or blue, much air."""
    scheme = front.scheme
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.16)
    ground(front, (253, 253, 250), mix(scheme.base, WHITE, 0.84))
    arch(front, 0.10 * front.whole.height, 0.035 * front.whole.height, scheme.base)
    wave(
        front,
        y + 0.35 * radius,
        0.03 * front.whole.height,
        mix(scheme.base, WHITE, 0.4),
        scheme.base,
    )
    front.picture((x, y), radius * 0.90)
    draw_logo(front, plan.logo, scheme.base)
    front.title(plan.name, deep, (253, 253, 250))
    foot = (250, 251, 248) if front.wide else scheme.base
    front.size(plan.foot, WHITE, foot, "left" if front.wide else "centre")


def eggs(front: Front) -> None:
    """Eggs: a sunny farm, straw below."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.38)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.16)
    sky = mix((255, 236, 170), WHITE, 0.2) if brand.seed & 2 else mix(scheme.base, WHITE, 0.8)
    ground(front, sky, mix(sky, scheme.base, 0.25))
    front.canvas.drawCircle(
        x + 0.4 * radius, y - 0.5 * radius, radius * 0.55, paint_of((255, 206, 70), 0.85)
    )
    hills(front, y + 0.3 * radius, (150, 194, 90), (112, 164, 66))
    front.picture((x, y + 0.1 * radius), radius * 0.84)
    draw_logo(front, plan.logo, sky)
    front.title(plan.name, deep, sky, how=Lettering("round"))
    front.size(
        plan.foot, deep, sky if front.wide else (116, 168, 70), "left" if front.wide else "centre"
    )


def dairy(front: Front) -> None:
    """Cheese and butter: a slanting field, the block on it, a rosette with what it says."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.34)
    x, y, radius = plan.hero
    whole = front.whole
    deep = dark(scheme.base, 0.12)
    gold = (252, 206, 72)
    if brand.seed & 2:
        ground(front, scheme.base, relight(scheme.base, 0.84))
        slope(front, y + 0.2 * radius, y - 0.15 * radius, gold)
        on, ink = scheme.base, WHITE
        foot = gold
    else:
        ground(front, (255, 250, 230), (252, 232, 170))
        slope(front, y + 0.25 * radius, y + 0.05 * radius, scheme.base)
        slope(front, y + 0.22 * radius, y + 0.02 * radius, deep, 0.02 * whole.height)
        on, ink = (254, 248, 226), deep
        foot = scheme.base
    front.picture((x, y), radius * 0.92)
    corners(front, deep, foot)
    draw_logo(front, plan.logo, on)
    front.title(plan.name, ink, on)
    if not front.wide:
        claims(front, front.box(0.0, 0.865, 1.0, 0.055), deep, foot)
    front.size(plan.foot, deep, on if front.wide else foot, "left" if front.wide else "centre")


def deli(front: Front) -> None:
    """Ham, sausages, fish cakes: butcher's stripes, a shield with the name."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    deep = dark(scheme.base, 0.10)
    ground(front, CREAM, (246, 230, 204))
    stripes(front, 0.11 * front.unit, scheme.base, 0.20 if brand.seed & 2 else 0.10)
    halo(front, plan, CREAM, 1.02)
    front.picture((x, y), radius * 0.92)
    name = plan.name
    path = skia.Path()
    path.moveTo(name.x, name.y)
    path.lineTo(name.x + name.width, name.y)
    path.lineTo(name.x + name.width, name.y + 0.82 * name.height)
    path.quadTo(
        name.x + 0.5 * name.width, name.y + 1.16 * name.height, name.x, name.y + 0.82 * name.height
    )
    path.close()
    front.canvas.drawPath(path, paint_of(deep))
    front.canvas.drawPath(path, stroke(GOLD, 0.012 * front.unit))
    draw_logo(front, plan.logo, CREAM)
    front.title(inside(name, 0.06, 0.09), CREAM, deep)
    front.size(plan.foot, deep, CREAM, "left" if front.wide else "centre")


def frozen(front: Front) -> None:
    """Frozen food: ice from above, falling snow, the dish steaming below."""
    scheme, brand = front.scheme, front.scheme.brand
    plan = front.plan("name", 0.36)
    x, y, radius = plan.hero
    whole = front.whole
    ice = (222, 240, 252)
    cold = mix(scheme.base, (20, 80, 170), 0.72) if brand.seed & 2 else scheme.base
    deep = dark(mix(cold, (10, 40, 110), 0.35), 0.08)
    ground(front, mix(cold, WHITE, 0.10), deep)
    snowflakes(front, 22, 0.035 * front.unit, brand.seed % 11)
    path = skia.Path()
    path.moveTo(-BLEED_MM, -BLEED_MM)
    path.lineTo(-BLEED_MM, plan.logo.y + plan.logo.height)
    count = 9
    for i in range(count):
        left = whole.width * i / count
        drop = (0.02 + 0.035 * ((i * 7) % 5) / 4) * whole.height
        path.lineTo(left, plan.logo.y + plan.logo.height * 1.06)
        path.lineTo(left + 0.5 * whole.width / count, plan.logo.y + plan.logo.height * 1.06 + drop)
    path.lineTo(whole.width + BLEED_MM, plan.logo.y + plan.logo.height * 1.06)
    path.lineTo(whole.width + BLEED_MM, -BLEED_MM)
    path.close()
    on = mix(cold, WHITE, 0.06)
    if not front.wide:
        front.canvas.drawPath(path, paint_of(ice))
        on = ice
    glow(front, (x, y), radius * 1.3, (255, 244, 220), 0.75)
    front.picture((x, y), radius * 0.98)
    draw_logo(front, plan.logo, on)
    name = (
        plan.name
        if front.wide
        else Box(
            plan.name.x,
            plan.name.y + 0.12 * plan.name.height,
            plan.name.width,
            0.88 * plan.name.height,
        )
    )
    front.title(name, WHITE, mix(cold, WHITE, 0.05), outline=deep)
    badge(front, (x + 0.80 * radius, y - 0.66 * radius), 0.22 * radius, (220, 52, 40))
    if front.words.claims:
        front.size(plan.foot, WHITE, deep, "left" if front.wide else "centre")
