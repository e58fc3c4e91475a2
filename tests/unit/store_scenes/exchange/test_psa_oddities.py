"""PSA files as they are found: odd numbers, prices, escapes, rows and files that are none."""

import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from store_scenes.exchange.formats.psa.read import read_psa
from store_scenes.exchange.formats.psa.rows import Row, parse
from store_scenes.exchange.formats.psa.write import write_psa
from tests.unit.store_scenes.exchange.psa_rows import (
    BAY,
    BOARD,
    LOW,
    ON_LOW,
    TEA,
    layout,
    psa,
    row,
)


def test_numbers_beyond_any_shop_and_widths_of_nothing_stay_as_they_are():
    far = "1e99"
    raw = psa(
        row("Product", {1: "1", 5: far, 6: far, 7: "-1e99", 33: far}),
        row("Planogram", {1: "P", 3: far, 4: "NaN", 5: "inf"}),
        row("Fixture", {1: 0, 4: far, 5: far, 6: "-1e99", 7: far, 9: far}),
        row("Position", {1: "1", 4: far, 6: "-1e99", 14: -5, 15: "1e9", 16: "x"}),
        BAY, row("Fixture", {1: 0, 4: 0, 5: 0, 6: 10, 7: 0, 9: 0}),
        row("Position", {1: "1", 4: 0, 6: 10, 14: 3, 15: 1, 16: 1}),
        row("Fixture", {1: 0, 4: 5, 5: 0, 6: -30, 7: 0, 9: 0}),
        row("Position", {1: "1", 4: 8, 6: -25, 14: 3, 15: 1, 16: 1}),
    )  # fmt: skip
    found = read_psa(raw, "x", "USD")
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == raw


@pytest.mark.parametrize(
    ("text", "currency", "price", "rules"),
    [
        ("2.9500000000000002", "USD", Money(295, "USD"), ["price-rounded"]),
        ("3.999", "USD", Money(400, "USD"), ["price-rounded"]),
        ("3\\,99", "USD", Money(399, "USD"), []), ("0.00", "USD", None, []),
        ("-4", "USD", None, ["price-bad"]), ("free", "USD", None, ["price-bad"]),
        ("3.99", "KRW", None, ["price-bad"]), ("1980", "KRW", Money(1980, "KRW"), []),
    ],
)  # fmt: skip
def test_a_price_is_read_to_the_minor_unit_or_said(text, currency, price, rules):
    cells = row("Product", {1: "00012", 3: "A", 5: 1, 6: 1, 7: 1, 33: "@"}).replace("@", text)
    found = read_psa(psa(cells, BAY), "x", currency)
    assert found.products[0].price == price
    assert [one.rule for one in found.findings if one.rule.startswith("price")] == rules
    changed = layout(found)
    assert write_psa(changed, tuple(found.planograms), {"x": found.kept}) == psa(cells, BAY)


def test_a_length_of_many_decimals_is_read():
    found = read_psa(
        psa(row("Product", {1: "1", 5: "2.9500000000000002", 6: 1, 7: 1}), BAY), "x", "USD"
    )
    assert found.products[0].dimensions_mm == (29.5, 10.0, 10.0)


def test_only_the_planograms_asked_for_are_written():
    both = read_psa(psa(TEA, BAY, LOW, ON_LOW, BAY, BOARD), "x", "USD")
    first, second = both.planograms
    assert (first, second) == ("x-bay-one", "x-bay-one-2")
    raw = write_psa(layout(both), (second,), {"x": both.kept})
    assert raw == psa(TEA, BAY, BOARD)


def test_what_a_file_says_wrong_is_said_with_its_line():
    odd = psa(
        row("Position", {1: "1"}), BAY,
        row("Position", {1: "1"}),
        row("Fixture", {1: 99, 5: 100, 6: -50, 7: 2, 9: 40}),
        row("Position", {1: "9", 14: 999, 13: 42, 29: 77, 5: 3, 7: 4, 9: 5}),
        row("Position", {3: 5}),
    )  # fmt: skip
    found = read_psa(odd, "x", "USD")
    assert [(one.rule, one.line) for one in found.findings] == [
        ("row-astray", 5), ("row-astray", 7), ("fixture-type", 8), ("fixture-below", 8),
        ("product-missing", 9), ("facings", 9), ("orientation", 9), ("style", 9),
        ("position-nameless", 10),
    ]  # fmt: skip
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == odd


def test_escapes_are_kept_as_they_were():
    made = Row(r"Product,a\,b,\\,\"q\",\t,\q,tail\\", 1)
    assert [made.cell(n) for n in range(1, 7)] == ["a,b", "\\", '"q"', "", r"\q", "tail\\"]
    made.put(1, "c,d\ne")
    assert made.text() == r"Product,c\,d\ne,\\,\"q\",\t,\q,tail\\"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "its first line is not PROSPACE SCHEMATIC FILE"),
        (b"PROSPACE SCHEMATIC FILE\r\nProject,\xff\r\n", "no Planogram row"),
        (b"PROSPACE SCHEMATIC FILE\r\n; Codepage=99999\r\n\xff", "code page 99999, which nobody"),
        (psa(), "no Planogram row"),
        (b"PROSPACE SCHEMATIC FILE\n" + b"," * 3000, "line 2 is longer than a row"),
    ],
)
def test_what_is_no_planogram_file_is_refused_in_a_sentence(raw, sentence):
    with pytest.raises(Failure, match=sentence):
        read_psa(raw, "x", "USD")


def test_what_was_kept_and_is_damaged_is_said(bay):
    with pytest.raises(Failure, match="damaged"):
        write_psa(layout(bay), ("x-bay-one",), {"x": b'{"format":"psa","data":"AAAA"}'})


def test_an_empty_line_and_unknown_rows_stay():
    raw = psa(BAY, "Project2,1,2", "", LOW, "Divider,1", "ProductCalc,9", ON_LOW)
    found = read_psa(raw, "x", "USD")
    assert write_psa(layout(found), tuple(found.planograms), {"x": found.kept}) == raw
    assert len(parse(raw).rows) == 8
