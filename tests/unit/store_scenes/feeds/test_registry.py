import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds.registry import read_feed


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
        ("gtin_upc,brand_owner,brand_name,branded_food_category", "csv"),
    ],
)
def test_a_format_is_told_by_its_header(header, kind):
    assert read_feed(f"{header}\n".encode(), "USD").kind == kind


def test_a_format_that_is_named_is_taken():
    assert read_feed(b"code,product_name,brands_tags,countries\n", "USD", "csv").kind == "csv"
    with pytest.raises(Failure, match=r"'xml' is no feed format.*reads: csv, off, shopify"):
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
