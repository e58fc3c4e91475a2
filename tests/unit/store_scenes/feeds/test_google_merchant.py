import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from store_scenes.feeds import google_merchant_xml
from store_scenes.feeds.registry import read_feed

FIELDS = {
    "id": "TV-1", "title": "Tea &amp; cup", "price": "15.00 USD", "sale_price": "12.99 USD",
    "availability": "in_stock", "gtin": "06291041500213", "brand": "Acme",
    "google_product_category": "632", "product_type": "Kitchen > Tea > Cups",
    "item_group_id": "TV", "color": "Red", "size": "L", "product_length": "12 cm",
    "product_width": "4 in", "product_height": "90", "product_weight": "0,3 kg",
    "virtual_model_link": "https://shop.example/cup.glb", "image_link": "https://shop.example/c.jpg",
}  # fmt: skip


def as_table(*rows):
    lines = ["\t".join(FIELDS), *("\t".join(row.get(key, "") for key in FIELDS) for row in rows)]
    return "\n".join(lines).encode()


def as_rss(*rows):
    items = (
        "<item>" + "".join(f"<g:{k}>{v.replace('&', '&amp;')}</g:{k}>" for k, v in row.items())
        + "<g:shipping><g:price>99 USD</g:price></g:shipping></item>" for row in rows
    )  # fmt: skip
    return (
        '<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
        f"<title>Shop</title>\n{chr(10).join(items)}</channel></rss>"
    ).encode()


@pytest.mark.parametrize(("write", "kind"), [(as_table, "google"), (as_rss, "google-xml")])
def test_every_attribute_finds_its_place(write, kind):
    result = read_feed(write(FIELDS), "USD")
    (cup,) = result.products
    assert result.kind == kind
    assert (cup.sku, cup.gtin, cup.brand) == ("TV-1", "06291041500213", "Acme")
    assert (cup.names, cup.category) == ({"en": "Tea & cup – Red / L"}, "Cups")
    assert (cup.price, cup.was_price) == (Money(1299, "USD"), Money(1500, "USD"))
    assert (cup.dimensions_mm, cup.dimensions_estimated) == ((101.6, 90.0, 120.0), False)
    assert (cup.weight_g, cup.stock, cup.colour) == (300.0, 100, "#c8323a")
    assert result.links == {"TV-1": "https://shop.example/cup.glb"}


def test_both_ways_to_write_a_feed_say_the_same():
    rows = [FIELDS | {"id": f"n{n}", "gtin": "", "price": f"{n}.50 USD"} for n in range(20, 40)]
    table, rss = read_feed(as_table(*rows), "USD"), read_feed(as_rss(*rows), "USD")
    assert table.products == rss.products
    assert [one.rule for one in table.findings] == [one.rule for one in rss.findings]


@pytest.mark.parametrize(
    ("changed", "stock"),
    [({"availability": "out of stock"}, 0), ({"availability": "preorder"}, 0),
     ({"availability": "In Stock"}, 100)],
)  # fmt: skip
def test_what_is_not_in_stock_cannot_be_sold(changed, stock):
    assert read_feed(as_table(FIELDS | changed), "USD").products[0].stock == stock


def test_a_price_in_another_currency_is_no_price():
    result = read_feed(as_table(FIELDS | {"price": "15.00 EUR", "sale_price": ""}), "USD")
    assert result.products[0].price is None
    assert [one.rule for one in result.findings if one.rule == "price-bad"] == ["price-bad"]


def test_atom_entries_are_read_and_lines_are_told():
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">\n'
        "<title>Shop</title>\n<entry><title>Short</title><g:title>Long title</g:title>"
        "<g:id>a</g:id></entry>\n<entry><g:id>b</g:id></entry></feed>"
    )
    result = read_feed(feed.encode(), "USD")
    assert [(p.sku, p.name("en")) for p in result.products] == [("a", "Long title")]
    assert ("name-missing", 4) in [(one.rule, one.line) for one in result.findings]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<rss><item>", "line 1: not well-formed XML"),
        ("<rss><channel/></rss>", "no <item> and no <entry>"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "a document type, which no product feed needs"),
        ("<rss>" + "<a>" * 100, "nested deeper than any product feed"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "encoding"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Failure, match=sentence):
        read_feed(text.encode(), "USD", "google-xml")


def test_an_item_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(google_merchant_xml, "ITEM_CHARS_MAX", 100)
    with pytest.raises(Failure, match="an item is longer than 100 letters"):
        read_feed(as_rss(FIELDS | {"title": "x" * 101}), "USD")


def test_xml_without_availability_is_in_stock_and_says_so():
    row = {key: text for key, text in FIELDS.items() if key != "availability"}
    result = read_feed(as_rss(row, row | {"id": "b", "quantity": "3", "gtin": ""}), "USD")
    assert [product.stock for product in result.products] == [100, 3]
    assert [(one.rule, one.line) for one in result.findings if one.rule == "stock-assumed"] == [
        ("stock-assumed", 3)
    ]


def test_a_size_that_is_none_is_said():
    result = read_feed(as_table(FIELDS | {"product_width": "wide", "product_weight": "x"}), "USD")
    assert [one.sentence for one in result.findings if one.rule == "number-bad"] == [
        "weight_g 'x' is not a number from 0 to 10,000,000",
        "width_mm 'wide' is not a number from 0 to 5,000",
    ]
    assert result.products[0].dimensions_mm[1:] == (90.0, 120.0)
