"""A store's documents as TOML that people edit: the keys they need, in the order they read them."""

import json
from collections.abc import Iterable, Mapping

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    Zone,
)

COMMENT_CHARS_MAX = 60


def store_toml(store: StoreDocument, comment: str = "") -> str:
    """`store.toml`, in the order in which people read it: the room, its aisles, what stands."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [
        "# docs/store-folder.md explains every key; `endcap check` reads it as you edit.",
        "",
        f"schema = {store.schema}",
        f"id = {_text(store.id)}",
        f"names = {_names(store.names)}",
        f"locale = {_text(store.locale)}",
        f"currency = {_text(store.currency)}",
        f"catalog = {_text(store.catalog)}",
        *([f"handling = {_text(store.handling)}"] if store.handling else []),
        "",
        "# The room is centred on the origin: x to the right, z towards the entrance.",
        *_floor(store.floor),
    ]
    for zone in store.zones:
        lines += ["", *_zone(zone)]
    lines += ["", "# Aisles, in the order of the walk; line_mm runs from the entrance's end."]
    for aisle in store.aisles:
        lines += ["", *_aisle(aisle)]
    lines += [
        "",
        "# What stands in the room. Bays are named left to right as one stands before them.",
    ]
    for fixture in store.fixtures:
        lines += ["", *_fixture(fixture)]
    return "\n".join(lines) + "\n"


def planogram_toml(planogram: Planogram, products: Mapping[str, Product], language: str) -> str:
    """One bay; every position is commented with its product's name."""
    lines = [f"name = {_text(planogram.name)}", f"width_mm = {_number(planogram.width_mm)}"]
    lines += _numbers(planogram, ("height_mm", "depth_mm"))
    if planogram.segments_mm:
        lines.append(f"segments_mm = [{', '.join(map(_number, planogram.segments_mm))}]")
    lines += _texts(planogram, ("ref", "source"))
    if not planogram.shelves:
        lines.append("shelves = []  # none yet; put [[shelves]] in its place")
    for shelf in planogram.shelves:
        lines += ["", *_shelf(shelf)]
        for position in shelf.positions:
            product = products.get(position.sku)
            name = product.name(language) if product else ""
            lines += ["", *_position(position, name)]
    return "\n".join(lines) + "\n"


def _floor(floor: Floor) -> list[str]:
    return [
        "[floor]",
        f"width_mm = {_number(floor.width_mm)}",
        f"depth_mm = {_number(floor.depth_mm)}",
        f"height_mm = {_number(floor.height_mm)}",
        f"entrance_x_mm = {_number(floor.entrance_x_mm)}",
        f"entrance_z_mm = {_number(floor.entrance_z_mm)}",
        f"entrance_yaw_deg = {_number(floor.entrance_yaw_deg)}",
        f"shop_front = {str(floor.shop_front).lower()}",
    ]


def _zone(zone: Zone) -> list[str]:
    return [
        "[[zones]]",
        f"id = {_text(zone.id)}",
        f"names = {_names(zone.names)}",
        f"x_mm = {_number(zone.x_mm)}",
        f"z_mm = {_number(zone.z_mm)}",
        f"width_mm = {_number(zone.width_mm)}",
        f"depth_mm = {_number(zone.depth_mm)}",
        f"style = {_text(zone.style)}",
    ]


def _aisle(aisle: Aisle) -> list[str]:
    lines = ["[[aisles]]", f"id = {_text(aisle.id)}", f"names = {_names(aisle.names)}"]
    if aisle.line_mm is not None:
        lines.append(f"line_mm = [{', '.join(_number(value) for value in aisle.line_mm)}]")
    return lines


def _fixture(fixture: FixturePlacement) -> list[str]:
    lines = [
        "[[fixtures]]",
        f"id = {_text(fixture.id)}",
        f"type = {_text(fixture.type)}",
        f"aisle = {_text(fixture.aisle)}",
        f"x_mm = {_number(fixture.x_mm)}",
        f"z_mm = {_number(fixture.z_mm)}",
    ]
    if fixture.yaw_deg:
        lines.append(f"yaw_deg = {_number(fixture.yaw_deg)}")
    lines.append(f"planograms = {_list(fixture.planograms)}")
    if fixture.back_planograms:
        lines.append(f"back_planograms = {_list(fixture.back_planograms)}")
    if fixture.width_mm:
        lines.append(f"width_mm = {_number(fixture.width_mm)}")
    lines += [
        f"depth_mm = {_number(fixture.depth_mm)}",
        f"height_mm = {_number(fixture.height_mm)}",
    ]
    if fixture.names:
        lines.append(f"names = {_names(fixture.names)}")
    return lines


def _shelf(shelf: Shelf) -> list[str]:
    lines = ["[[shelves]]", f"height_mm = {_number(shelf.height_mm)}"]
    if shelf.kind != "shelf":
        lines.append(f"kind = {_text(shelf.kind)}")
    lines += _texts(shelf, ("name", "ref"))
    lines += _numbers(shelf, _SHELF_NUMBERS)
    if shelf.finger_mm is not None:
        lines.append(f"finger_mm = {_number(shelf.finger_mm)}")
    lines += _tables(shelf, ("overhang", "pegs", "divider"))
    return lines


_SHELF_NUMBERS = (
    "depth_mm", "x_mm", "width_mm", "z_mm", "thickness_mm", "board_mm", "slope_deg", "grille_mm",
    "load_max_kg",
)  # fmt: skip


def _position(position: Position, name: str) -> list[str]:
    plain = "".join(character if character.isprintable() else " " for character in name)
    comment = f" # {plain[:COMMENT_CHARS_MAX].strip()}" if plain.strip() else ""
    lines = ["[[shelves.positions]]", f"sku = {_text(position.sku)}{comment}"]
    lines.append(f"facings_wide = {position.facings_wide}")
    if position.facings_high != 1:
        lines.append(f"facings_high = {position.facings_high}")
    if position.facings_deep:
        lines.append(f"facings_deep = {position.facings_deep}")
    if position.x_mm is not None:
        lines.append(f"x_mm = {_number(position.x_mm)}")
    lines.append(f"gap_mm = {_number(position.gap_mm)}")
    if position.orientation != "front":
        lines.append(f"orientation = {_text(position.orientation)}")
    if position.style != "unit":
        lines.append(f"style = {_text(position.style)}")
    lines += _tables(position, ("cap_x", "cap_y", "cap_z"))
    if position.y_mm:
        lines.append(f"y_mm = {_number(position.y_mm)}")
    if position.z_mm is not None:
        lines.append(f"z_mm = {_number(position.z_mm)}")
    if position.ref:
        lines.append(f"ref = {_text(position.ref)}")
    return lines


def _numbers(struct: msgspec.Struct, keys: Iterable[str]) -> list[str]:
    """Those that are not 0."""
    return [f"{key} = {_number(value)}" for key in keys if (value := getattr(struct, key))]


def _texts(struct: msgspec.Struct, keys: Iterable[str]) -> list[str]:
    """Those that are not empty."""
    return [f"{key} = {_text(value)}" for key in keys if (value := getattr(struct, key))]


def _tables(struct: msgspec.Struct, keys: Iterable[str]) -> list[str]:
    """Those that are there."""
    found = ((key, getattr(struct, key)) for key in keys)
    return [f"{key} = {_table(value)}" for key, value in found if value is not None]


def _table(value: msgspec.Struct) -> str:
    """A small value in one line, with what differs from its defaults."""
    fields = msgspec.structs.fields(value)
    inside = [
        f"{field.name} = {_number(part) if isinstance(part, float | int) else _text(part)}"
        for field in fields
        if (part := getattr(value, field.name)) != field.default
    ]
    return f"{{ {', '.join(inside)} }}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _names(names: Mapping[str, str]) -> str:
    inside = ", ".join(f"{language} = {_text(name)}" for language, name in names.items())
    return f"{{ {inside} }}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
