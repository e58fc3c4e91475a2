import os
from pathlib import Path

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.layout import load
from store_scenes.layout.load import (
    LayoutDamagedError,
    aisle_products,
    decode_layout,
    encode_layout,
    load_store,
)

STORE = """\
schema = 1
id = "corner"
names = { ko = "모퉁이", en = "Corner" }
locale = "ko-KR"
currency = "KRW"
catalog = "catalog.csv"

[floor]
width_mm = 6000
depth_mm = 5000

[[aisles]]
id = "drinks"
names.en = "Drinks"

[[fixtures]]
id = "run"
type = "gondola"
aisle = "drinks"
x_mm = 0
z_mm = 0
planograms = ["bay"]
"""
BAY = """\
name = "Bay"
width_mm = 1000

[[shelves]]
height_mm = 120
positions = [
  { sku = "b", facings_wide = 2 },
  { sku = "a" },
]

[[shelves]]
height_mm = 600

[[shelves.positions]]
sku = "b"
"""
CATALOG = "sku,name,price,stock\na,A,100,1\nb,B,200,2\nc,C,300,3\n"


def small_store(folder: Path, **files: str) -> Path:
    (folder / "planograms").mkdir()
    texts = {"store.toml": STORE, "planograms/bay.toml": BAY, "catalog.csv": CATALOG, **files}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sentence(folder: Path) -> str:
    with pytest.raises(Failure) as caught:
        load_store(folder)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(str(folder) + os.sep, "")


def test_a_small_store(tmp_path):
    layout = load_store(small_store(tmp_path))
    assert layout.store.names == {"ko": "모퉁이", "en": "Corner"}
    assert list(layout.planograms) == ["bay"]
    assert [len(shelf.positions) for shelf in layout.planograms["bay"].shelves] == [2, 1]
    assert [product.sku for product in layout.products] == ["a", "b", "c"]
    assert len(layout.version) == 64
    assert aisle_products(layout) == {"drinks": ("b", "a")}


def test_the_wire_form_is_the_layout_without_products(tmp_path):
    layout = load_store(small_store(tmp_path))
    arrived = decode_layout(encode_layout(layout))
    assert arrived.products == ()
    assert (arrived.version, arrived.store) == (layout.version, layout.store)
    assert arrived.planograms == layout.planograms
    assert encode_layout(arrived) == encode_layout(layout)


def test_the_version_follows_the_documents_alone(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "three").mkdir()
    one = load_store(small_store(tmp_path / "one"))
    two = load_store(small_store(tmp_path / "two", **{"catalog.csv": "sku,name\nz,Z\n"}))
    three = load_store(
        small_store(tmp_path / "three", **{"store.toml": STORE.replace("6000", "6001")})
    )
    assert one.version == two.version
    assert one.version != three.version


def test_damaged_bytes_are_refused(tmp_path):
    raw = encode_layout(load_store(small_store(tmp_path)))
    for damaged in (b"", raw[:-1], raw.replace(b"corner", b"corned"), b"\x81" * 5000):
        with pytest.raises(LayoutDamagedError):
            decode_layout(damaged)


def test_a_pipe_for_a_catalogue_is_not_waited_for(tmp_path):
    small_store(tmp_path)
    (tmp_path / "catalog.csv").unlink()
    os.mkfifo(tmp_path / "catalog.csv")
    assert sentence(tmp_path).startswith("catalog.csv is no file; a store folder's documents")


def test_a_missing_folder_and_a_missing_catalogue(tmp_path):
    assert sentence(tmp_path).startswith("store.toml does not exist; is ")
    small_store(tmp_path)
    (tmp_path / "catalog.csv").unlink()
    assert sentence(tmp_path).startswith("catalog.csv does not exist")


QUOTES = 'texts need "quotes", and every [ and { its end'
ONCE = "a key and a [table] may be there once"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('name = "Bay"\nwidth = \nx = 1\n', 2, f"invalid value in `width =`; {QUOTES}"),
        ('name = "Bay"\nwidth = ', 2, f"invalid value in `width =`; {QUOTES}"),
        ("shelves = [1,\n2\n\n", 2, f"unclosed array in `2`; {QUOTES}"),
        ("a = 1\na = 2\n", 2, f"cannot overwrite a value in `a = 2`; {ONCE}"),
        ("\x00" * 99, 1, f"invalid statement in ``; {QUOTES}"),
    ],
)
def test_broken_toml_is_shown_with_file_and_line(tmp_path, text, line, says):
    small_store(tmp_path, **{"planograms/bay.toml": text})
    said = sentence(tmp_path).replace(os.sep, "/")
    assert said == f"planograms/bay.toml, line {line}: not valid TOML: {says}"


def test_an_unknown_key_and_a_wrong_type_name_their_line(tmp_path):
    small_store(tmp_path, **{"planograms/bay.toml": BAY.replace('{ sku = "a" }', "{ sku = 5 }")})
    says = sentence(tmp_path).replace(os.sep, "/")
    assert says.startswith("planograms/bay.toml, line 8: Expected `str`, got `int`")
    (tmp_path / "store.toml").write_text(STORE.replace("x_mm", "left"), encoding="utf-8")
    assert sentence(tmp_path).startswith(
        "store.toml, line 16: Object contains unknown field `left`"
    )


@pytest.mark.parametrize("name", ["../catalog.csv", "/etc/hosts", "a\\b.csv", "C:x.csv", ""])
def test_paths_stay_inside_the_folder(tmp_path, name):
    text = STORE.replace('"catalog.csv"', f"'{name}'")
    small_store(tmp_path, **{"store.toml": text})
    assert "leads out of the store folder" in sentence(tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text(CATALOG, encoding="utf-8")
    (tmp_path / "store").mkdir()
    folder = small_store(tmp_path / "store")
    (folder / "catalog.csv").unlink()
    (folder / "catalog.csv").symlink_to(outside)
    assert "leads out of the store folder" in sentence(folder)


def test_not_utf8_and_too_large(tmp_path, monkeypatch):
    folder = small_store(tmp_path)
    (folder / "store.toml").write_bytes(b'schema = 1\nid = "\xb0\xa1"\n')
    assert sentence(folder) == "store.toml, line 2: not UTF-8; save the file as UTF-8"
    monkeypatch.setattr(load, "TOML_BYTES_MAX", 10)
    assert sentence(folder).startswith("store.toml is larger than 10 bytes")


def test_another_schema_and_absurd_numbers(tmp_path):
    folder = small_store(tmp_path, **{"store.toml": STORE.replace("schema = 1", "schema = 9")})
    assert "says schema = 9; this Endcap reads 1" in sentence(folder)
    (folder / "store.toml").write_text(STORE.replace("x_mm = 0", "x_mm = nan"), encoding="utf-8")
    assert "fixture 'run' has a size or place that no shop has" in sentence(folder)
    (folder / "store.toml").write_text(STORE, encoding="utf-8")
    bay = BAY.replace("facings_wide = 2", "facings_wide = 0")
    (folder / "planograms/bay.toml").write_text(bay, encoding="utf-8")
    assert "'b' on shelf 1 has facings out of 1 to 200" in sentence(folder)
