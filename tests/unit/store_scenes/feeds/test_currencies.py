"""A feed's own currency: found, taken where nobody says one, and never guessed in silence."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from store_scenes.feeds import currencies
from store_scenes.feeds.money_text import stated_currency
from store_scenes.feeds.registry import prices_seen, read_feed

ENDCAP = Path(sys.executable).with_name("endcap")
MIXED = (
    "the prices are in EUR, USD, and KRW is taken: those in another stay unpriced; "
    "--currency says which one to take"
)
HEADER = "sku,name,price,stock\n"


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.99 USD", "USD"), ("JPY 1,200", "JPY"), ("12,99 eur", "EUR"), ("4.00GBP", "GBP"),
        ("12,99 €", "EUR"), ("£3", "GBP"), ("₩1,980", "KRW"), ("1,980원", "KRW"), ("$5", "USD"),
        ("CA$5", "CAD"), ("A$5", "AUD"), ("12.99", ""), ("", ""), ("per kg", ""), ("free", ""),
    ],
)  # fmt: skip
def test_a_price_may_say_its_currency(text, currency):
    assert stated_currency(text) == currency


@pytest.mark.parametrize(
    ("rows", "only", "doubt"),
    [
        ("a,A,3 EUR,1\nb,B,4,1\n", "EUR", ""),
        ("a,A,3,1\n", "", "no price says its currency: KRW is taken; --currency says another"),
        (
            "a,A,3 EUR,1\nb,B,$4,1\n", "",
            MIXED,
        ),
        ("a,A,,1\n", "", ""),
    ],
)  # fmt: skip
def test_only_one_currency_is_a_feeds_own(rows, only, doubt):
    seen = prices_seen(io.BytesIO((HEADER + rows).encode()))
    assert (seen.only, seen.doubt(only or "KRW")) == (only, doubt)


def test_documents_and_columns_say_it_too():
    offer = {"@type": "Offer", "price": "4.00", "priceCurrency": "EUR"}
    product = {"@type": "Product", "sku": "a", "name": "A", "offers": offer}
    assert prices_seen(io.BytesIO(json.dumps(product).encode())).only == "EUR"
    data = b"sku,name,price,currency\na,A,4,gbp\n"
    assert prices_seen(io.BytesIO(data)).only == "GBP"
    assert read_feed(data, "GBP").products[0].price.amount_minor == 400
    assert read_feed(data, "USD").products[0].price is None


def test_a_long_feed_is_not_read_twice(monkeypatch):
    monkeypatch.setattr(currencies, "ROWS_LOOKED_AT_MAX", 3)
    rows = "".join(f"{number},A,{number} EUR,1\n" for number in range(9))
    assert prices_seen(io.BytesIO((HEADER + rows).encode())).currencies == {"EUR": 3}


def test_a_price_in_another_currency_hints_at_the_option():
    result = read_feed((HEADER + "a,A,3 EUR,1\n").encode(), "USD")
    assert [one.sentence for one in result.findings] == [
        "the price '3 EUR' is in EUR, not in USD: see --currency; the product stays unpriced"
    ]


def imported(tmp_path, rows, *more):
    (tmp_path / "feed.csv").write_text(HEADER + rows, encoding="utf-8")
    done = subprocess.run(
        [ENDCAP, "catalog", "import", "feed.csv", "--out", "c.csv", *more],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout


def test_an_import_takes_the_feeds_currency_and_says_it(tmp_path):
    said = imported(tmp_path, 'a,A,"3,50 €",1\nb,B,4,1\n')
    assert "prices: in EUR" in said
    assert "currency-assumed" not in said
    assert [line.split(",")[6] for line in (tmp_path / "c.csv").read_text().splitlines()] == [
        "price", "3.50", "4.00",
    ]  # fmt: skip


def test_an_import_without_any_currency_says_what_it_took(tmp_path):
    said = imported(tmp_path, "a,A,3,1\n")
    assert "prices: in KRW" in said
    assert "warning currency-assumed: 1 (no price says its currency: KRW is taken" in said
    assert "currency-assumed" not in imported(tmp_path, "a,A,3,1\n", "--currency", "USD")


def test_a_price_file_may_say_it(tmp_path):
    (tmp_path / "p.csv").write_text("sku,price\na,3.50 GBP\n")
    said = imported(tmp_path, "a,A,,1\n", "--prices", "p.csv")
    assert "prices: in GBP" in said
