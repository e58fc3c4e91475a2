"""What no store says: numbers that are none, names and currencies that there are not."""

import os
import shutil
from pathlib import Path

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.layout.load import decode_layout, encode_layout, load_store

SHOP = Path(__file__).parents[3] / "stores" / "corner_shop"


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(SHOP, folder)
    return folder


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


BAD = ("nan", "inf", "-inf", "1e300", "-1e9")


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize(
    "key",
    [
        "x_mm", "width_mm", "z_mm", "thickness_mm", "board_mm", "slope_deg", "grille_mm",
        "finger_mm", "load_max_kg", "overhang.left_mm", "overhang.front_mm", "divider.width_mm",
    ],
)  # fmt: skip
def test_a_shelf_with_a_number_that_is_none_is_refused_at_its_line(store, key, value):
    path = min((store / "planograms").glob("*.toml"))
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("[[shelves]]")].count("\n") + 2
    edit(path, "[[shelves]]\n", f"[[shelves]]\n{key} = {value}\n")
    with pytest.raises(Failure) as failure:
        load_store(store)
    assert f"{path.name}, line {line}: " in str(failure.value)
    assert key.rpartition(".")[2] in str(failure.value)


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("key", ["height_mm", "depth_mm", "segments_mm"])
def test_so_is_a_planogram(store, key, value):
    path = min((store / "planograms").glob("*.toml"))
    said = f"[{value}]" if key == "segments_mm" else value
    path.write_text(f"{key} = {said}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Failure, match=rf"{path.name}, line 1: .*{key}"):
        load_store(store)


@pytest.mark.parametrize("value", ["nan", "inf", "-1e9", "1e300"])
@pytest.mark.parametrize("key", ["aisle_width_mm", "turning_mm", "heavy_g", "days_of_supply_min"])
def test_so_is_a_setting(store, key, value):
    path = store / "store.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[check]\n{key} = {value}\n", "utf-8")
    with pytest.raises(Failure, match=rf"store\.toml, line \d+: .*{key}"):
        load_store(store)


@pytest.mark.parametrize("value", ["nan", "inf", "-1e9"])
@pytest.mark.parametrize("key", ["entrance_x_mm", "entrance_z_mm", "entrance_yaw_deg"])
def test_so_is_an_entrance(store, key, value):
    path = store / "store.toml"
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(key)
    ]
    lines.insert(lines.index("[floor]") + 1, f"{key} = {value}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Failure, match=rf"store\.toml, line \d+: .*{key}"):
        load_store(store)


@pytest.mark.parametrize("locale", ["", "xx", "../../x", "english", "ko_KR_x_y_z_w"])
def test_a_locale_that_nobody_speaks_is_refused(store, locale):
    edit(store / "store.toml", 'locale = "ko-KR"', f'locale = "{locale}"')
    with pytest.raises(Failure, match=r"locale = .* is not known; write language and country"):
        load_store(store)


@pytest.mark.parametrize("currency", ["", "usd", "ZZZ", "US", "USDX", "원"])
def test_a_currency_that_is_none_is_refused(store, currency):
    edit(store / "store.toml", 'currency = "KRW"', f'currency = "{currency}"')
    with pytest.raises(Failure, match=r"currency = .* is no ISO 4217 code, as KRW is"):
        load_store(store)


@pytest.mark.parametrize("names", ['{ en = "" }', '{ en = " " }', '{ ko = "가게", en = "" }', "{}"])
def test_an_aisle_without_a_name_is_refused(store, names):
    path = store / "store.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + f'\n[[aisles]]\nid = "nameless"\nnames = {names}\n', encoding="utf-8")
    with pytest.raises(Failure, match="the store and every aisle need a name"):
        load_store(store)


def test_a_pipe_in_the_catalogues_place_does_not_hang(store):
    (store / "catalog.csv").unlink()
    os.mkfifo(store / "catalog.csv")
    with pytest.raises(Failure, match=r"catalog\.csv is no file"):
        load_store(store)


def test_a_sound_store_crosses_the_wire_as_it_is(store):
    layout = load_store(store)
    assert decode_layout(encode_layout(layout)).version == layout.version
