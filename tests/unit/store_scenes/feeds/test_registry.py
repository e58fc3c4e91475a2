import io

import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from store_scenes.feeds.registry import open_feed, read_feed


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Handle,Title,Variant SKU,Variant Price", "shopify"),
        ("Title,URL handle,SKU,Price,Inventory quantity", "shopify"),
        ("code,product_name,brands_tags,countries", "off"),
        ("code,product_name_fr,categories_tags,packaging", "off"),
        ("barcode_id,product_name", "csv"),
        ("code,product_name,price", "csv"),
        ("sku,title,price", "csv"),
        ("id\ttitle\tavailability\tgtin\timage_link", "google"),
        ("id,title,price", "csv"),
        ("gtin_upc,brand_owner,brand_name,branded_food_category", "csv"),
    ],
)
def test_a_format_is_told_by_its_header(header, kind):
    assert read_feed(f"{header}\n".encode(), "USD").kind == kind


def test_a_format_that_is_named_is_taken():
    assert read_feed(b"code,product_name,brands_tags,countries\n", "USD", "csv").kind == "csv"
    with pytest.raises(Failure, match=r"'xml' is no feed format.*: csv, google, google-xml, json"):
        read_feed(b"", "USD", "xml")
    with pytest.raises(Failure, match="no column is named Title"):
        read_feed(b"sku,name\n", "USD", "shopify")
    with pytest.raises(Failure, match="no column is named code"):
        read_feed(b"sku,name\n", "USD", "off")


def test_progress_is_told_now_and_then():
    told = []
    data = b"sku,name\n" + b"".join(b"%d,A\n" % number for number in range(1200))
    read_feed(data, "USD", progress=lambda done, total: told.append((done, total)))
    assert told == [(500, 1201), (1000, 1201)]


RSS = '<?xml version="1.0"?><rss><channel><item><id>a</id><title>A</title></item></channel></rss>'
PRODUCT = '{"@context": "https://schema.org", "@type": "Product", "sku": "a", "name": "A"}'


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (RSS, "google-xml"),
        (PRODUCT, "json-ld"),
        (f"[{PRODUCT}]", "json-ld"),
        (f'<html><script type="application/ld+json">{PRODUCT}</script></html>', "json-ld"),
    ],
)  # fmt: skip
def test_a_document_is_told_by_its_beginning(document, kind):
    for data in (document.encode(), document.encode("utf-8-sig")):
        result = read_feed(data, "USD")
        assert (result.kind, [product.sku for product in result.products]) == (kind, ["a"])


@pytest.mark.parametrize("document", ["<svg/>", "{}", "[1, 2]", '{"name": "x"}'])
def test_another_document_is_refused(document):
    with pytest.raises(Failure, match="no product feed that Endcap knows"):
        read_feed(document.encode(), "USD")


def test_a_plain_table_may_have_columns_of_any_name():
    data = b"Nr;Was;EAN-Code;VK brutto\n7;Salz;4006381333931;1,29\n"
    told = {"sku": "Nr", "name": "Was", "gtin": "EAN-Code", "price": "VK brutto"}
    stream = open_feed(io.BytesIO(data), "EUR", columns=told)
    (product,) = stream
    assert (product.sku, product.names, product.gtin) == ("7", {"en": "Salz"}, "4006381333931")
    assert product.price == Money(129, "EUR")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"cost": "VK"}, "'cost' is none of gtin, sku, name"),
        ({"price": "Preis"}, "the file has no column 'Preis'; it has vk"),
    ],
)
def test_a_column_that_is_told_wrong_is_said(told, sentence):
    with pytest.raises(Failure, match=sentence):
        list(open_feed(io.BytesIO(b"VK\n1\n"), "EUR", columns=told))


def test_columns_are_for_plain_tables_only():
    with pytest.raises(Failure, match="read as Shopify product CSV"):
        open_feed(io.BytesIO(b"Handle,Title\n"), "EUR", "shopify", columns={"price": "x"})


def test_markup_and_missing_prices_are_said_by_row():
    data = b"sku,name,price,stock\na,Fish &amp; <b>chips</b>,1,1\nb,Plain & simple,,1\n"
    result = read_feed(data, "USD")
    assert [product.name("en") for product in result.products] == ["Fish & chips", "Plain & simple"]
    assert [(one.rule, one.line) for one in result.findings] == [
        ("markup", 2),
        ("price-missing", 3),
    ]
