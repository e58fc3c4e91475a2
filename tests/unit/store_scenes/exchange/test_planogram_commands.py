"""`endcap planogram import` and `export` on folders: what is made, added, kept and told."""

import csv
import io
import json

import pytest
import typer
from typer.testing import CliRunner

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from store_scenes.cli import register
from store_scenes.exchange.formats.psa.rows import Row
from store_scenes.layout.load import load_store


def row(tag, cells):
    made = Row(tag, 0)
    for number, text in cells.items():
        made.put(number, str(text))
    return made.text()


def psa(*rows):
    project = row("Project", {1: "P", 5: 7, 12: 1})
    return "\r\n".join(["PROSPACE SCHEMATIC FILE", "; Codepage=65001", project, *rows, ""]).encode()


TEA = row("Product", {1: "06291041500213", 2: "7", 3: "Tea", 5: 5, 6: 10, 7: 4, 33: "3.99",
                      36: 14})  # fmt: skip
MUG = row("Product", {1: "MUG", 3: "Mug", 5: 8, 6: 9, 7: 8, 19: 1})
SHELF = row("Fixture", {1: 0, 3: 1, 4: 0, 5: 100, 6: 10, 7: 2, 8: 0, 9: 40})


def bay(name):
    return row("Planogram", {1: name, 3: 100, 4: 200, 5: 50})


def on(upc, x=0, **cells):
    more = {int(key[1:]): value for key, value in cells.items()}
    return row("Position", {1: upc, 4: x, 5: 5, 6: 12, 7: 10, 9: 8, 14: 1, 15: 1, 16: 1} | more)


ONE = psa(TEA, MUG, bay("One"), SHELF, on("06291041500213"), on("MUG", 50))
TWO = psa(TEA, MUG, bay("Two"), SHELF, on("MUG"), on("06291041500213", 50))


@pytest.fixture
def endcap():
    app = typer.Typer()
    register(app)

    def call(*arguments):
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return call


def put(folder, name, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


CATALOG = "sku,gtin,name,price,stock,note\nT-1,06291041500213,Tee,1.00,5,mine\n"


def own_store(folder, catalog=CATALOG, currency="USD", handling=""):
    (folder / "planograms").mkdir(parents=True)
    (folder / "catalog.csv").write_bytes(catalog.encode())
    (folder / "store.toml").write_bytes(
        (
            '# ours\nschema = 1\nid = "x"\nnames = { en = "X" }\nlocale = "en-US"\n'
            f'currency = "{currency}"\ncatalog = "catalog.csv" # by hand\n{handling}\n'
            "aisles = []\nfixtures = []\n[floor]\nwidth_mm = 4000\ndepth_mm = 4000\n"
        ).encode()
    )
    return folder


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def test_a_second_file_of_the_same_name_leaves_what_was_kept_of_the_first(endcap, tmp_path):
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path / "a", "bay.psa", ONE), "--out", store)
    first = (store / "exchange" / "bay.json").read_bytes()
    endcap("planogram", "import", put(tmp_path / "b", "bay.psa", TWO), "--out", store)
    assert (store / "exchange" / "bay.json").read_bytes() == first
    toml = store / "store.toml"
    toml.write_text(toml.read_text().replace('"bay-one"', '"bay-one", "bay-two"'))
    for key, data in (("bay-one", ONE), ("bay-two", TWO)):
        endcap(
            "planogram", "export", store, "--to", "psa", "-o", tmp_path / "o", "--planogram", key
        )
        assert (tmp_path / "o").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "shelves", "products"),
    [
        (psa(TEA, bay("Bare")), [], 1),
        (psa(bay("Empty"), SHELF), [0], 0),
        (psa(TEA, bay("Wall"), SHELF, on("06291041500213", c14=200, c15=200)), [1], 1),
        (psa(row("Product", {1: "A  1", 5: 1, 6: 1, 7: 1}), bay("B"), SHELF, on("A  1")), [1], 1),
    ],
)  # fmt: skip
def test_what_is_imported_opens_and_comes_out_as_it_was(endcap, tmp_path, data, shelves, products):
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path, "in.psa", data), "--out", store)
    layout = load_store(store)
    (planogram,) = layout.planograms.values()
    assert [len(shelf.positions) for shelf in planogram.shelves] == shelves
    assert len(layout.products) == products
    skus = {product.sku for product in layout.products}
    assert {p.sku for shelf in planogram.shelves for p in shelf.positions} <= skus
    endcap("planogram", "export", store, "--to", "psa", "-o", tmp_path / "out.psa")
    assert (tmp_path / "out.psa").read_bytes() == data


def test_thousands_of_planograms_stand_in_a_room_that_opens(endcap, tmp_path):
    rows = [text for n in range(3000) for text in (bay(f"P{n}"), SHELF, on("06291041500213"))]
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path, "in.psa", psa(TEA, *rows)), "--out", store)
    layout = load_store(store)
    assert len(layout.planograms) == 3000
    assert max(layout.store.floor.width_mm, layout.store.floor.depth_mm) < 150_000


def test_what_no_store_can_have_is_one_sentence_and_nothing_written(endcap, tmp_path):
    rows = [text for n in range(5001) for text in (bay(f"P{n}"), SHELF)]
    source = put(tmp_path / "in", "in.psa", psa(*rows))
    with pytest.raises(Failure, match=r"5001 planograms; at most 5000; nothing was written"):
        endcap("planogram", "import", source, "--out", tmp_path / "out" / "store")
    assert list((tmp_path / "out").iterdir()) == []


def test_products_are_the_stores_own_by_their_gtin(endcap, tmp_path):
    store = own_store(tmp_path / "store")
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    text = (store / "catalog.csv").read_text()
    assert text.splitlines()[1] == "T-1,06291041500213,Tee,1.00,5,mine,,,,"
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [one["sku"] for one in rows] == ["T-1", "MUG"]
    assert 'sku = "T-1" # Tee' in (store / "planograms" / "one-one.toml").read_text()
    # A second import adds nothing and changes no byte.
    before = tree(store)
    endcap("planogram", "import", put(tmp_path, "two.psa", TWO), "--out", store)
    after = tree(store)
    assert {name for name in after if after[name] != before.get(name)} == {
        "planograms/two-two.toml", "exchange/two.json",
    }  # fmt: skip


def test_new_rows_come_last_and_the_others_stay_byte_for_byte(endcap, tmp_path):
    header = (
        "Article number;Note;Title;EAN;Brand;Category;Package;Stock;Width_mm;Height_mm;Depth_mm"
    )
    catalog = f'{header};Dimensions estimated\r\n\'x\';"a ""b""";Cup;;A;B;box;5;1;2;3;\r\n'
    store = own_store(tmp_path / "store", catalog)
    endcap("planogram", "import", put(tmp_path, "one.psa", psa(MUG, bay("One"), SHELF)),
           "--out", store)  # fmt: skip
    raw = (store / "catalog.csv").read_bytes().decode()
    assert raw == f"{catalog}MUG;;Mug;;;;box;100;80;90;80;\r\n"


def test_handling_is_added_where_the_store_has_no_file_for_it(endcap, tmp_path):
    store = own_store(tmp_path / "store")
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    layout = load_store(store)
    assert layout.store.handling == "handling.csv"
    assert (layout.handling["T-1"].units_a_day, layout.handling["MUG"].hangs) == (2.0, True)
    lines = (store / "store.toml").read_text().splitlines()
    assert lines[6:8] == ['catalog = "catalog.csv" # by hand', 'handling = "handling.csv"']


def test_what_the_store_knows_of_handling_stays(endcap, tmp_path):
    store = own_store(tmp_path / "store", handling='handling = "ours.csv"')
    (store / "ours.csv").write_text("sku,units_a_day\nT-1,9\n")
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    layout = load_store(store)
    assert (layout.handling["T-1"].units_a_day, layout.handling["MUG"].hangs) == (9.0, True)


def test_prices_are_in_the_stores_currency_or_left_out(endcap, tmp_path):
    catalog = "sku,name,price,stock\nx,X,1200,5\n"
    priced = row("Product", {1: "P", 3: "P", 5: 1, 6: 1, 7: 1, 33: "1500"})
    data = psa(priced, TEA, bay("One"), SHELF, on("P"), on("06291041500213", 50))
    store = own_store(tmp_path / "won", catalog, "KRW")
    told = endcap("planogram", "import", put(tmp_path, "one.psa", data), "--out", store)
    assert "warning price-bad: 1" in told
    by_sku = {product.sku: product.price for product in load_store(store).products}
    assert by_sku == {"x": Money(1200, "KRW"), "P": Money(1500, "KRW"), "06291041500213": None}
    store = own_store(tmp_path / "dollars", catalog, "KRW")
    told = endcap("planogram", "import", tmp_path / "one.psa", "--out", store, "--currency", "USD")
    assert "price-currency: 1 (the store's prices are in KRW; 2 in another" in told
    prices = {product.sku: product.price for product in load_store(store).products}
    assert prices == {"x": Money(1200, "KRW"), "P": None, "06291041500213": None}
    # Nothing was edited, so the file's own prices are still in it.
    toml = store / "store.toml"
    toml.write_text(
        toml.read_text().replace("fixtures = []", "").replace("aisles = []", "")
        + '[[aisles]]\nid = "a"\nnames.en = "A"\n[[fixtures]]\nid = "f"\n'
        'type = "gondola"\naisle = "a"\nx_mm = 0\nz_mm = 0\nplanograms = ["one-one"]\n'
    )
    endcap("planogram", "export", store, "--to", "psa", "-o", tmp_path / "out.psa")
    assert (tmp_path / "out.psa").read_bytes() == data


def test_a_catalogue_that_cannot_take_a_product_is_left_as_it_is(endcap, tmp_path):
    store = own_store(tmp_path / "store", "sku,name,stock\n,X\n")
    before = tree(store)
    with pytest.raises(Failure):
        endcap("planogram", "import", put(tmp_path, "one.psa", b"PROSPACE"), "--out", store)
    assert tree(store) == before


def test_what_a_format_has_no_word_for_is_told(endcap, tmp_path):
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    planogram = store / "planograms" / "one-one.toml"
    text = planogram.read_text()
    lines = text.replace("thickness_mm = 20\n", "thickness_mm = 20\nfinger_mm = 45\n", 1)
    planogram.write_text(lines)
    report = tmp_path / "report.json"
    told = endcap("planogram", "export", store, "--to", "psa", "-o", tmp_path / "out.psa",
                  "--report", report)  # fmt: skip
    lost = "planogram 'One', shelf 1: finger_mm 45 is not in the file"
    assert told.splitlines() == [
        f"1 planogram, 2 positions written to {tmp_path / 'out.psa'} (ProSpace/JDA planogram)",
        f"  warning lost-finger-mm: 1 ({lost})",
    ]
    tree = json.loads(report.read_text())
    assert (tree["schema"], tree["planograms"], tree["positions"]) == (1, 1, 2)
    assert [(one["rule"], one["sentence"]) for one in tree["findings"]] == [
        ("lost-finger-mm", lost)
    ]
    told = endcap("planogram", "export", store, "--to", "vazen", "-o", tmp_path / "out.toml")
    assert {line.split(":")[0].split()[-1] for line in told.splitlines()[1:]} == {
        "lost-finger-mm", "lost-price", "lost-hangs", "lost-units-a-day",
    }  # fmt: skip


def test_copies_are_counted_as_they_are_written(endcap, tmp_path):
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    text = (store / "planograms" / "one-one.toml").read_text()
    (store / "planograms" / "copy.toml").write_text(text)
    toml = store / "store.toml"
    toml.write_text(toml.read_text().replace('["one-one"]', '["one-one", "copy"]'))
    for form in ("psa", "vazen", "csv"):
        told = endcap("planogram", "export", store, "--to", form, "-o", tmp_path / "out")
        assert told.startswith(f"2 planograms, 4 positions written to {tmp_path / 'out'} (")
    told = endcap("planogram", "import", tmp_path / "out", "--as", "csv", "--out", tmp_path / "two")
    assert "2 planograms, 2 fixtures, 4 positions, 4 facings, 2 products into" in told


def test_one_of_each_is_said_as_one(endcap, tmp_path):
    data = psa(MUG, bay("One"), SHELF, on("MUG"))
    told = endcap("planogram", "import", put(tmp_path, "a.psa", data), "--out", tmp_path / "s")
    assert "1 planogram, 1 fixture, 1 position, 1 facing, 1 product into" in told


def test_planograms_of_two_files_in_one_leave_rows_of_the_second_behind(endcap, tmp_path):
    store = tmp_path / "store"
    endcap("planogram", "import", put(tmp_path, "one.psa", ONE), "--out", store)
    endcap("planogram", "import", put(tmp_path, "two.psa", TWO), "--out", store)
    toml = store / "store.toml"
    toml.write_text(toml.read_text().replace('["one-one"]', '["one-one", "two-two"]'))
    told = endcap("planogram", "export", store, "--to", "psa", "-o", tmp_path / "out.psa")
    assert told.splitlines()[-1].startswith("  warning kept-rows: what Endcap does not know of two")
