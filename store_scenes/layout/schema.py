"""JSON Schemas of a store's TOML files, for editors that complete and check them.

Made from the very types that read the files, so that the two cannot part. The format is draft-07,
which the TOML editors speak (Taplo: https://taplo.tamasfe.dev/configuration/using-schemas.html).
"""

import re
from typing import Any

import msgspec

from store_scenes.layout.documents import Planogram, StoreDocument, StorePart

DRAFT = "http://json-schema.org/draft-07/schema#"
NAMES = {"store": StoreDocument, "part": StorePart, "planogram": Planogram}

_UNITS = {"_mm": "millimetres", "_deg": "degrees", "_g": "grams", "_kg": "kilograms"}

# What a key means, where its name and unit do not say it.
_KEYS = {
    "schema": "Version of these documents: 1.",
    "id": "A short name of its own, in letters, digits and dashes.",
    "names": 'What people read, by language: { ko = "과자", en = "Snacks" }.',
    "locale": "How prices and dates are written, such as ko-KR; its language comes first.",
    "currency": "ISO 4217 code of every price, such as KRW.",
    "catalog": "The catalogue, a CSV inside the folder.",
    "handling": "A CSV inside the folder with packs, pegs, facings agreed and movement.",
    "include": 'Further files with aisles, fixtures and zones, such as ["aisles/*.toml"].',
    "base": "Another planogram, whose keys and shelves hold where this one says nothing.",
    "replace": 'SKUs to swap in what the base has: { "A-1" = "B-2" }.',
    "type": "What kind of fixture it is; docs/store-folder.md has the table.",
    "aisle": "The id of its aisle; empty for a fixture that belongs to none.",
    "planograms": "The bays of its front, left to right: names of files in planograms/.",
    "back_planograms": "The bays of its back, left to right as one stands before it.",
    "line_mm": "Where people walk: x and z of the start, x and z of the end.",
    "sku": "The product, by its sku in the catalogue, letter by letter.",
    "facings_wide": "Units side by side.",
    "facings_high": "Units on one another.",
    "facings_deep": "Units behind one another; 0: as many as fit.",
    "x_mm": "From the left end of what it stands on, in millimetres.",
    "y_mm": "Above what it stands on, in millimetres.",
    "z_mm": "Behind the front edge, in millimetres.",
    "gap_mm": "Between neighbouring facings, and half of it beside the position, in millimetres.",
    "orientation": "Which face the shopper sees, and how far it is turned clockwise.",
    "style": "Single units, what they are packed in, or a picture of the product.",
    "cap_x": "Further units to the right of the block.",
    "cap_y": "Further units on top of the block.",
    "cap_z": "Further units behind the block.",
    "ref": "The name of this in the file that it was imported from.",
    "source": "What it was imported from.",
    "kind": "What carries the goods.",
    "height_mm": "Of a shelf: of its surface above the floor; of anything else: its height.",
    "thickness_mm": "How thick the board is, in millimetres; 0: as thick as its fixture's are.",
    "slope_deg": "How far a shelf leans, front edge down, about its back edge, in degrees.",
    "board_mm": "How high a pegboard is, from height_mm up, in millimetres.",
    "pegs": "The holes of a pegboard.",
    "overhang": "How far goods may reach beyond the surface's ends.",
    "divider": "Plates between neighbouring positions.",
    "finger_mm": "Room wanted above the goods, in millimetres.",
    "load_max_kg": "What the shelf may carry, in kilograms; 0: not known.",
    "segments_mm": "Widths of the parts between uprights, left to right, in millimetres.",
    "shop_front": "Whether the wall behind the entrance is glass with a door to the street.",
    "rules": "By rule: error, warning, note or off; endcap check --rules lists them.",
    "age_zones": "Zones outside of which goods for adults may not stand.",
    "check": "What this store wants of itself.",
    "floor": "The room: a rectangle around (0, 0).",
}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_FILE_KEYS: dict[str, dict[str, Any]] = {
    "store": {"include": _TEXTS},
    "part": {},
    "planogram": {
        "base": {"type": "string"},
        "replace": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its name: of `store.toml`, of what it includes, of a planogram."""
    return {name: _schema(name, kind) for name, kind in NAMES.items()}


def encoded(schema: dict[str, Any]) -> bytes:
    """A schema as the file that is published."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _schema(name: str, kind: type) -> dict[str, Any]:
    (top,), parts = msgspec.json.schema_components([kind], ref_template="#/definitions/{name}")
    own = top["$ref"].rpartition("/")[2]
    root = parts.pop(own)
    root["properties"] = _FILE_KEYS[name] | root["properties"]
    if name == "planogram":
        root["required"] = []  # a base may say all of it
    elif name == "store":
        root["required"] = [key for key in root["required"] if key not in {"aisles", "fixtures"}]
    for tree in (root, *parts.values()):
        _plain(tree)
    definitions = {part: _described(tree) for part, tree in sorted(parts.items())}
    head = {"$schema": DRAFT, "title": f"Endcap {name}"}
    return head | _described(root) | {"definitions": definitions}


def _plain(tree: Any) -> None:
    """As draft-07 and TOML have it: fixed lists by `items`, and nothing that is null."""
    if isinstance(tree, list):
        for one in tree:
            _plain(one)
    if not isinstance(tree, dict):
        return
    if "default" in tree and tree["default"] is None:
        del tree["default"]
    choices = [one for one in tree.get("anyOf", ()) if one != {"type": "null"}]
    if "anyOf" in tree and len(choices) == 1:
        del tree["anyOf"]
        tree.update(choices[0])
    if "prefixItems" in tree:
        tree["items"], tree["additionalItems"] = tree.pop("prefixItems"), False
    for one in list(tree.values()):
        _plain(one)


def _described(tree: dict[str, Any]) -> dict[str, Any]:
    """The tree with what each key means, and its docstring's first paragraph."""
    if "description" in tree:
        paragraph = tree["description"].strip().split("\n\n")[0]
        tree["description"] = re.sub(r"\s+", " ", paragraph).replace("`", "")
    tree.pop("title", None)
    for key, value in tree.get("properties", {}).items():
        unit = next((word for end, word in _UNITS.items() if key.endswith(end)), "")
        words = key.rpartition("_")[0].replace("_", " ")
        told = _KEYS.get(key) or (f"{words.capitalize()} in {unit}." if unit else "")
        if told and "$ref" not in value:
            value["description"] = told
    return tree
