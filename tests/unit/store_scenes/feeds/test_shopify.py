import pytest

from catalog_sync.model.money import Money
from store_scenes.feeds.registry import read_feed

OLD = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Op"
    "tion1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qt"
    "y,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Gi"
    "ft Card,Status\n"
    'oil,Olive Oil,"<p>Cold, pressed</p>",Casa &amp; Co,Food > Oils,Oil,"bio, glass",TRUE'
    ",Size,500 ml,'OIL-500,620,shopify,12,9.90,12.00,'8801234567893,https://x/1.jpg,1,FAL"
    "SE,active\n"
    "oil,,,,,,,,,1 L,OIL-1000,1200,shopify,-3,17.50,,,https://x/2.jpg,2,,\n"
    "oil,,,,,,,,,,,,,,,,,https://x/3.jpg,3,,\n"
    "mug,Mug,,Casa,,Homeware,,TRUE,Title,Default Title,,,,,8,0.00,,,,FALSE,active\n"
    "plate,Plate,,Casa,,Homeware,,TRUE,Title,Default Title,P,,shopify,4,5,,,,,FALSE,draft\n"
    "card,Gift Card,,Casa,,Gift Cards,,TRUE,Title,10,,,,,10,,,,,TRUE,active\n"
)

NEW = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online s"
    "tore,Status,SKU,Barcode,Option1 name,Option1 value,Option2 name,Option2 value,Price,"
    "Compare-at price,Unit price total measure,Unit price total measure unit,Inventory tr"
    "acker,Inventory quantity,Weight value (grams),Product image URL\n"
    "Green Tea,green-tea,Nice,Jeju,Food > Beverages > Tea & Infusions,,,TRUE,Active,TEA,,"
    "Pack,Box,Leaves,Whole,4.50,3.00,50,G,shopify,7,60,https://x/a.jpg\n"
    ",,,,,,,,,TEA,,,Box,,Broken,4.00,5.00,,,shopify,,60,\n"
    ",green-tea,,,,,,,,,,,,,,,,,,,,,https://x/b.jpg\n"
)


def test_the_older_header():
    result = read_feed(OLD.encode(), "EUR")
    assert (result.kind, result.rows) == ("shopify", 3)
    small, large, mug = result.products
    assert (small.sku, small.gtin, small.names) == (
        "OIL-500", "8801234567893", {"en": "Olive Oil – 500 ml"},
    )  # fmt: skip
    assert (small.brand, small.category, small.package) == ("Casa & Co", "Oil", "bottle")
    assert (small.price, small.was_price) == (Money(990, "EUR"), Money(1200, "EUR"))
    assert (small.stock, small.weight_g, small.size_text) == (12, 620.0, "500 ml")
    assert (large.sku, large.names["en"], large.stock) == ("OIL-1000", "Olive Oil – 1 L", 0)
    assert large.dimensions_mm[1] > small.dimensions_mm[1]
    assert (mug.sku, mug.names, mug.was_price, mug.stock) == ("mug", {"en": "Mug"}, None, 100)
    assert [(f.rule, f.line) for f in result.findings] == [("not-active", 6), ("gift-card", 7)]


def test_the_newer_header_and_blank_handles():
    result = read_feed(NEW.encode(), "USD")
    whole, broken = result.products
    assert (whole.names["en"], broken.names["en"]) == (
        "Green Tea – Box / Whole", "Green Tea – Box / Broken",
    )  # fmt: skip
    assert (whole.sku, broken.sku) == ("TEA", "green-tea-box-broken")
    assert (whole.category, whole.size_text, whole.was_price) == ("Tea & Infusions", "50 g", None)
    assert (broken.brand, broken.stock, broken.was_price) == ("Jeju", 0, Money(500, "USD"))
    assert [(f.rule, f.line) for f in result.findings] == [
        ("was-price-bad", 2), ("sku-repeated", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [";", "\t"])
def test_saved_again_by_a_spreadsheet(separator):
    rows = [["Handle", "Title", "Variant Price", "Variant SKU"], ["a", "A", "1,50", "s"]]
    data = "\n".join(separator.join(row) for row in rows).encode("utf-16")
    result = read_feed(data, "EUR")
    assert (result.kind, result.encoding) == ("shopify", "UTF-16")
    assert result.products[0].price == Money(150, "EUR")


def test_a_variant_without_a_product_is_said():
    result = read_feed(b"Handle,Title,Variant SKU\nx,,1\n", "EUR")
    assert result.products == ()
    assert [(f.rule, f.line, f.severity) for f in result.findings if f.line] == [
        ("name-missing", 2, "error")
    ]


@pytest.mark.parametrize(
    ("tracker", "quantity", "policy", "stock", "said"),
    [
        ("", "0", "deny", 100, "stock 0, but it is not counted in Shopify: 100 are assumed"),
        ("", "-2", "deny", 100, "stock -2, but it is not counted in Shopify: 100 are assumed"),
        ("", "", "deny", 100, ""),
        ("", "4", "deny", 4, ""),
        (
            "shopify", "0", "continue", 100,
            "stock 0, but it is sold on when there is none left: 100 are assumed",
        ),
        (
            "shopify", "-3", "continue", 100,
            "stock -3, but it is sold on when there is none left: 100 are assumed",
        ),
        ("shopify", "5", "continue", 5, ""),
        ("shopify", "0", "deny", 0, ""),
        ("shopify", "-3", "deny", 0, ""),
        ("shopify", "", "deny", 0, ""),
    ],
)  # fmt: skip
def test_what_is_not_counted_or_sold_on_is_not_sold_out(tracker, quantity, policy, stock, said):
    data = (
        "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,"
        f"Variant Inventory Policy,Variant Price\na,A,a,{tracker},{quantity},{policy},3\n"
    )
    result = read_feed(data.encode(), "EUR")
    assert result.products[0].stock == stock
    assert [(one.rule, one.line, one.sentence) for one in result.findings] == (
        [("stock-not-counted", 2, said)] if said else []
    )
