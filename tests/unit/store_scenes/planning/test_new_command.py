"""`endcap new` as a person runs it: what it prints, writes and refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from catalog_sync.model.product import Product
from store_scenes.layout.load import load_store
from store_scenes.planning.locale import language_of

ENDCAP = Path(sys.executable).with_name("endcap")

FEED = """sku,name_en,brand,category,price,width_mm,height_mm,depth_mm,package
a1,Apple Juice,Orchard,Juice,2.50,80,200,80,carton
a2,Pear Juice,Orchard,Juice,,80,200,80,carton
c1,Potato Chips,Crunch,Chips,1.99,180,250,70,bag
b1,Grand Piano,Steinway,Pianos,9999,2700,1000,1500,box
"""


def endcap(*arguments, folder):
    return subprocess.run(
        [ENDCAP, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "feed.csv"
    path.write_text(FEED, encoding="utf-8")
    return path


def test_two_commands_to_a_checked_store(tmp_path, feed):
    made = endcap("new", "shop", "--catalog", feed, "--report", "r.json", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "3 of 4 products placed in shop" in made.stdout
    assert "1 without a price" in made.stdout
    assert "b1: it is 2700 by 1000 by 1500 mm; the largest bay takes" in made.stdout
    assert "next: endcap check shop" in made.stdout
    checked = endcap("check", "shop", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "0 errors" in checked.stdout
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["schema"], report["products"], report["placed"]) == (1, 4, 3)
    assert [one["sku"] for one in report["unplaced"]] == ["b1"]
    assert report["departments"] == {"snacks": 1, "juice": 2}
    assert report["unpriced"] == 1
    store = load_store(tmp_path / "shop").store
    assert (store.names, store.locale, store.currency) == ({"en": "Shop"}, "en-US", "USD")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_sample_prices_fill_only_what_has_none_and_are_flagged(tmp_path, feed):
    made = endcap("new", "shop", "--catalog", feed, "--sample-prices", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    products = {one.sku: one for one in load_store(tmp_path / "shop").products}
    assert products["a1"].price.amount_minor == 250
    assert (products["a1"].price_is_sample, products["a2"].price_is_sample) == (False, True)
    assert products["a2"].price.amount_minor > 0


def test_name_locale_and_currency_can_be_said(tmp_path, feed):
    said = ("--name", "Chez Nous", "--locale", "fr-FR", "--currency", "EUR")
    made = endcap("new", "shop", "--catalog", feed, *said, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    store = load_store(tmp_path / "shop").store
    assert (store.names, store.locale, store.currency) == ({"fr": "Chez Nous"}, "fr-FR", "EUR")
    assert store.id == "chez-nous"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--catalog", "none.csv"), "none.csv cannot be read: No such file or directory"),
        (("--catalog", "feed.csv", "--currency", "euro"), "--currency: 'euro' is not"),
        (("--catalog", "feed.csv", "--locale", "xx-YY"), "--locale: 'xx-YY' is no locale"),
        (
            ("--catalog", "feed.csv", "--sample-prices", "--prices", "p.csv"),
            "--prices and --sample-prices exclude each other",
        ),
        (("--catalog", "feed.csv", "--report", "no/r.json"), "no is no folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path, feed, arguments, sentence):
    refused = endcap("new", "shop", *arguments, folder=tmp_path)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "shop").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, feed):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "mine.txt").write_text("mine", encoding="utf-8")
    refused = endcap("new", "shop", "--catalog", feed, folder=tmp_path)
    assert refused.returncode == 2
    assert "shop is not empty; name a folder that does not exist yet" in refused.stderr
    assert [path.name for path in (tmp_path / "shop").iterdir()] == ["mine.txt"]


CLOTHES = """Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Gift Card,Status
tee,Cotton & Linen Tee,Size,S,T-S,19.99,false,active
tee,,,M,T-M,19.99,,
tee,,,L,T-L,19.99,,
card,Gift,Amount,10,G,10,true,active
old,Old,Title,Default Title,O,3,false,draft
,,,x,,5,,
mug,Mug,Title,Default Title,T-S,7.50,false,active
"""


def test_a_shop_of_english_clothes_is_english_and_its_rows_are_accounted_for(tmp_path):
    (tmp_path / "shop.csv").write_text(CLOTHES, encoding="utf-8")
    made = endcap("new", "shop", "--catalog", "shop.csv", "--report", "r.json", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "read as Shopify product CSV (UTF-8, commas)" in made.stdout
    assert "4 products of 7 rows; left out: 1 gift-card, 2 not-active" in made.stdout
    assert "locale en-US, prices in USD" in made.stdout
    assert "no price says its currency: USD is taken; --currency says another" in made.stdout
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["rows"], report["products"]) == (7, 4)
    assert report["skipped"] == {"gift-card": 1, "not-active": 2}
    assert report["rules"]["not-active"]["lines"] == [6, 7]
    assert (report["locale"], report["currency"]) == ("en-US", "USD")


def test_the_currency_of_the_prices_leads_over_the_language(tmp_path):
    (tmp_path / "feed.csv").write_text("sku,name,price\na,Milk,2.50 GBP\nb,Bread,1\n")
    made = endcap("new", "shop", "--catalog", "feed.csv", folder=tmp_path)
    assert "locale en-US, prices in GBP" in made.stdout
    assert [one.price.amount_minor for one in load_store(tmp_path / "shop").products] == [250, 100]


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["Cotton Tee – S", "Cotton Tee – M", "Cotton Tee – L", "Linen Shirt – L / Blue"], "en"),
        (["Eau de source", "Jus d'orange", "L'huile vierge"], "fr"),
        (["Vollkorn Brot mit Saft"], "de"),
        (["Vitamin A l"], "en"),
    ],
)
def test_the_language_is_that_of_words_and_not_of_sizes(names, language):
    products = [
        Product(sku=str(n), names={"en": name}, brand="", category="", package="box",
                dimensions_mm=(1.0, 1.0, 1.0), price=None, stock=1)
        for n, name in enumerate(names)
    ]  # fmt: skip
    assert language_of(products) == language
