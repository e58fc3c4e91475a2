"""Write a planned store as a folder that people edit: readable TOML, whole or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import write_plain_csv
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
from store_scenes.layout.load import STORE_FILE, planogram_path
from store_scenes.planning.plan import PlannedStore

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
    for shelf in planogram.shelves:
        lines += ["", *_shelf(shelf)]
        for position in shelf.positions:
            product = products.get(position.sku)
            name = product.name(language) if product else ""
            lines += ["", *_position(position, name)]
    return "\n".join(lines) + "\n"


def write_store(
    folder: Path,
    planned: PlannedStore,
    products: Iterable[Product],
    *,
    comment: str = "",
    models: Mapping[str, Path] | None = None,
    proof: Callable[[Path], None] | None = None,
) -> None:
    """Write the store to `folder`, which must not exist or be empty.

    `models` are files to copy in, by their path in the store. `proof` is called with the finished
    folder before it gets its name; where it raises, nothing is left.

    Raises:
        Failure: the folder is not empty or cannot be written.
    """
    known = {product.sku: product for product in products}
    language = planned.store.locale.replace("_", "-").partition("-")[0]
    check_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
    except OSError as error:
        raise Failure(f"{folder} cannot be made: {error.strerror or error}") from None
    try:
        made.chmod(0o755)  # mkdtemp makes it private; a store is as readable as its neighbours
        (made / "planograms").mkdir()
        _put(made / STORE_FILE, store_toml(planned.store, comment).encode())
        for key, planogram in planned.planograms.items():
            text = planogram_toml(planogram, known, language)
            _put(made / planogram_path(key), text.encode())
        _put(made / planned.store.catalog, write_plain_csv(tuple(known.values())))
        for name, source in (models or {}).items():
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        if proof is not None:
            proof(made)
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except OSError as error:
        raise Failure(f"{folder} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        Failure: it is a file, holds files, or cannot be looked into.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise Failure(f"{folder} is a file; name a folder that does not exist yet")
        if any(folder.iterdir()):
            raise Failure(f"{folder} is not empty; name a folder that does not exist yet")
    except OSError as error:
        raise Failure(f"{folder} cannot be read: {error.strerror or error}") from None


def _put(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        if path.name == STORE_FILE:
            os.fsync(file.fileno())


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
    if shelf.depth_mm:
        lines.append(f"depth_mm = {_number(shelf.depth_mm)}")
    return lines


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
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _names(names: Mapping[str, str]) -> str:
    inside = ", ".join(f"{language} = {_text(name)}" for language, name in names.items())
    return f"{{ {inside} }}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
