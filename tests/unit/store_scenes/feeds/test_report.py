import msgspec

from store_scenes.feeds import report
from store_scenes.feeds.registry import read_feed
from store_scenes.feeds.report import RuleReport, import_report, summary

FEED = """gtin;name;price;stock
8801234567893;Apple Juice;1980;4
8801234567893;Again;1;1
8.41E+12;Pizza;;1
37600665605;Chips;x;1
;Nothing;1;1
SN-1;;1;1
"""


def test_what_an_import_says():
    told = import_report(read_feed(FEED.encode(), "KRW"))
    assert (told.rows, told.products, told.left_out, told.unpriced) == (6, 4, 2, 2)
    assert told.codes == {
        "good": 2, "zeros-restored": 1, "bad": 0, "damaged": 1, "none": 1, "repeated": 1,
    }  # fmt: skip
    assert told.packages == {"box": 2, "bottle": 1, "bag": 1}
    assert told.rules["price-bad"] == RuleReport(
        "warning", 1, "'x' is not an amount of money in KRW; the product stays unpriced", [5]
    )
    lines = summary(told, "catalog.csv")
    assert lines[0] == "read as plain CSV (UTF-8, semicolons)"
    assert lines[1] == (
        "4 products of 6 rows into catalog.csv; 2 unpriced, 4 with estimated dimensions"
    )
    assert lines[2] == "packages: 2 box, 1 bottle, 1 bag"
    assert "  error sku-duplicate: 1 (line 3: 8801234567893 came before; this row is left out)" in (
        lines
    )


def test_a_report_is_bounded_and_says_what_it_leaves_out(monkeypatch):
    monkeypatch.setattr(report, "REPORTED_FINDINGS_MAX", 3)
    monkeypatch.setattr(report, "LINES_OF_RULE_MAX", 2)
    feed = "sku,name,price,stock\n" + "".join(f"{n},A,x,1\n" for n in range(9))
    told = import_report(read_feed(feed.encode(), "KRW"))
    assert (len(told.findings), told.findings_left_out) == (3, 6)
    assert (told.rules["price-bad"].count, told.rules["price-bad"].lines) == (9, [2, 3])
    assert msgspec.json.decode(msgspec.json.encode(told))["schema"] == 1


def test_the_first_few_of_a_rule_are_told_and_where_the_rest_is():
    feed = "sku,name,price,stock\n" + "".join(f"{n},A,x{n},1\n" for n in range(5))
    lines = summary(import_report(read_feed(feed.encode(), "KRW")), "catalog.csv")
    said = "is not an amount of money in KRW; the product stays unpriced"
    assert lines[4:] == [
        f"  warning price-bad: 5 (line 2: 'x0' {said})",
        f"    line 3: 'x1' {said}",
        f"    line 4: 'x2' {said}",
        "  and more of these: --report FILE writes them all, with their lines",
    ]


def test_rows_that_gave_no_product_are_counted_by_rule_whatever_the_format():
    feed = (
        "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Gift Card,Status\n"
        "a,A,1,3,1,false,active\nb,B,2,3,1,true,active\nc,C,3,3,1,false,draft\n"
        "d,D,1,3,1,false,active\n"
    )
    told = import_report(read_feed(feed.encode(), "USD"))
    assert (told.rows, told.products, told.left_out) == (4, 2, 2)
    assert told.skipped == {"gift-card": 1, "not-active": 1}
