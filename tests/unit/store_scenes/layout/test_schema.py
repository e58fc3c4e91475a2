import tomllib
from pathlib import Path

import jsonschema
import pytest

from store_scenes.demo import demo_store
from store_scenes.layout.documents import (
    Aisle,
    CheckSettings,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    Zone,
)
from store_scenes.layout.schema import _KEYS, encoded, schemas

PUBLISHED = Path(__file__).parents[4] / "store_scenes" / "layout" / "schemas"

UPSIDE = 'shelves = [{ height_mm = 1, positions = [{ sku = "a", orientation = "up" }] }]'


@pytest.mark.parametrize("name", ["store", "part", "planogram"])
def test_what_is_published_is_what_the_types_say(name):
    """`python -m store_scenes.layout.schemas` writes them anew."""
    assert (PUBLISHED / f"{name}.schema.json").read_bytes() == encoded(schemas()[name])


@pytest.mark.parametrize("name", ["store", "part", "planogram"])
def test_they_are_schemas(name):
    jsonschema.Draft7Validator.check_schema(schemas()[name])


def test_the_demo_store_keeps_to_them():
    found = schemas()
    store = jsonschema.Draft7Validator(found["store"])
    planogram = jsonschema.Draft7Validator(found["planogram"])
    store.validate(tomllib.loads((demo_store() / "store.toml").read_text(encoding="utf-8")))
    files = sorted((demo_store() / "planograms").glob("*.toml"))
    assert len(files) > 90
    for path in files:
        planogram.validate(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "B"\nwidth_mm = "wide"', "is not of type 'number'"),
        ("colour = 1", "Additional properties are not allowed"),
        ('shelves = [{ height_mm = 1, kind = "heap" }]', "is not one of"),
        (UPSIDE, "is not one of"),
        ("replace = { a = 1 }", "is not of type 'string'"),
    ],
)  # fmt: skip
def test_what_a_planogram_cannot_say_is_refused(text, says):
    with pytest.raises(jsonschema.ValidationError, match=says):
        jsonschema.validate(tomllib.loads(text), schemas()["planogram"])


def test_a_planogram_may_say_only_its_base():
    jsonschema.validate(
        tomllib.loads('base = "bay"\nreplace = { a = "b" }'), schemas()["planogram"]
    )


def test_every_key_is_described():
    kinds = (StoreDocument, Floor, Aisle, Zone, FixturePlacement, Planogram, Shelf, Position,
             CheckSettings)  # fmt: skip
    keys = {field for kind in kinds for field in kind.__struct_fields__}
    units = ("_mm", "_deg", "_g", "_kg")
    plain = {"name", "aisles", "fixtures", "zones", "shelves", "positions", "days_of_supply_min"}
    missing = {key for key in keys if key not in _KEYS and not key.endswith(units)} - plain
    assert missing == set()
