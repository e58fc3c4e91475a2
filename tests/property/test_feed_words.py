"""Any words are read without an error; what is written as a size, a price or a code reads back."""

import math

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import AMOUNT_MINOR_MAX, Money, MoneyError, minor_digits
from catalog_sync.model.product import Product
from store_scenes.feeds.codes import holds, read_code
from store_scenes.feeds.estimates import estimate_dimensions, guess_package
from store_scenes.feeds.money_text import read_money
from store_scenes.feeds.plain_csv import plain_decimal, read_plain_csv, write_plain_csv
from store_scenes.feeds.sample_prices import sample_prices
from store_scenes.feeds.sizes import AMOUNT_MAX, COUNT_MAX, Size, read_size, size_within
from store_scenes.feeds.table import plain_text
from tests.facts_made import facts

UNITS = {"g": ("g", 1.0), "kg": ("g", 1000.0), "ml": ("ml", 1.0),
         "cl": ("ml", 10.0), "l": ("ml", 1000.0), "L": ("ml", 1000.0),
         "MLT": ("ml", 1.0), "GRM": ("g", 1.0)}  # fmt: skip
words = st.text(max_size=60) | st.text("0123456789.,x× gmlkoz/()입개", max_size=40)


@given(
    st.integers(1, 900),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(["", " "]),
    st.integers(1, COUNT_MAX),
    st.sampled_from([" x ", "x", "×", " * "]),
    st.booleans(),
)
def test_a_written_size_reads_back(number, unit, gap, count, times, before):  # fmt: skip
    one = f"{number}{gap}{unit}"
    several = f"{count}{times}{one}" if before else f"{one}{times}{count}"
    kind, factor = UNITS[unit]
    assert read_size(one) == Size(number * factor, kind)
    assert read_size(several) == Size(number * factor, kind, count)


@given(words)
def test_any_words_have_a_usable_size_or_none(text):
    size = read_size(text)
    if size is not None:
        assert 0.0 <= size.amount <= AMOUNT_MAX
        assert math.isfinite(size.amount)
        assert 1 <= size.count <= COUNT_MAX
        assert bool(size.unit) == (size.amount > 0.0)
    assert size_within(text) in text


@given(words, words, words, st.floats(0, 1e7))
def test_any_words_have_a_package_of_a_size_that_stands(category, name, size_text, weight_g):
    package = guess_package(category, name, size_text)
    sides = estimate_dimensions(package, size_text, weight_g, category, name)
    assert all(10.0 <= side <= 1200.0 for side in sides)


@given(st.integers(0, AMOUNT_MINOR_MAX), st.sampled_from(["KRW", "USD", "EUR", "KWD"]))
def test_a_written_price_reads_back(minor, currency):
    money = Money(minor, currency)
    plain = plain_decimal(money)
    assert read_money(plain, currency) == money
    assert read_money(f"{plain} {currency}", currency) == money
    whole, _, cents = plain.partition(".")
    grouped = f"{int(whole):,}"
    english = f"{grouped}.{cents}" if cents else grouped
    if minor_digits(currency) != 3:
        assert read_money(english, currency) == money
        assert read_money(english.translate(str.maketrans(",.", ".,")), currency) == money


@given(words)
def test_any_words_are_a_price_or_refused(text):
    try:
        money = read_money(text, "USD")
    except MoneyError:
        return
    assert abs(money.amount_minor) <= AMOUNT_MINOR_MAX


@given(st.text("0123456789", min_size=7, max_size=13))
def test_zeros_come_back_where_the_check_digit_proves_it(body):
    check = next(digit for digit in "0123456789" if holds(body + digit))
    full = body + check
    gtin = full.zfill(next(length for length in (8, 12, 13, 14) if length >= len(full)))
    bare = full.lstrip("0")
    code = read_code(bare)
    if code.gtin:
        assert code.key == gtin.zfill(14)
    else:  # too short to prove anything, or what a spreadsheet leaves
        assert len(bare) < 6 or bare.endswith("000000")


@given(words | st.text("0123456789eE+.,-='\" ", max_size=20))
def test_any_cell_is_a_gtin_only_with_a_check_digit(cell):
    code = read_code(cell)
    if code.gtin:
        assert holds(code.gtin)
        assert len(code.gtin) in {8, 12, 13, 14}


@given(st.binary(max_size=200))
def test_any_bytes_after_a_header_are_rows_or_a_sentence(data):
    try:
        result = read_plain_csv(b"sku,gtin,name,price,size\n" + data, "USD")
    except Failure as failure:
        told = str(failure)
    else:
        told = ""
    assert "\n" not in told
    if told or not result.products:
        return
    again = read_plain_csv(write_plain_csv(sample_prices(result.products, "USD")), "USD")
    assert [p.sku for p in again.products] == [p.sku for p in result.products]
    assert all(p.price_is_sample or p.price == q.price for p, q in
               zip(again.products, result.products, strict=True))  # fmt: skip


@given(facts())
def test_facts_read_back_as_they_were_written(told):
    plain = {language: plain_text(text) for language, text in told.descriptions.items()}
    clean = {language: text for language, text in plain.items() if text and text != "Tea"}
    told = msgspec.structs.replace(told, descriptions=clean)
    product = Product("A", {"en": "Tea"}, "", "", "box", (1.0, 1.0, 1.0), stock=1, facts=told)
    result = read_plain_csv(write_plain_csv([product]), "KRW")
    assert result.products[0].facts == (told or None)
    assert result.findings == ()
