import msgspec
import pytest

from catalog_sync.model.facts import Facts, Nutrition
from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import read_plain_csv, with_side_files, write_plain_csv

FULL = Product(
    sku="EC-001",
    names={"ko": "감자칩", "en": "Potato chips"},
    brand="Crisp & Co.",
    category="snacks",
    package="bag",
    dimensions_mm=(170.0, 240.5, 70.0),
    price=Money(1980, "KRW"),
    stock=24,
    gtin="8801234567893",
    size_text="60 g",
    weight_g=1234567.5,
    colour="#f2c200",
    was_price=Money(2480, "KRW"),
    price_is_sample=True,
    facts=Facts(
        Nutrition(536.0, 33.6, 4.625, 52.0, 1.8, None, 1.15),
        ("wheat", "pine-nuts"),
        ("milk",),
        {"ko": "얇게 썰어 튀겼습니다.", "en": "Sliced thin, and fried."},
    ),
)


def rules(data: bytes) -> list[tuple[str, int]]:
    return [(f.rule, f.line) for f in read_plain_csv(data, "KRW").findings]


def test_a_catalogue_reads_back_equal():
    written = write_plain_csv((FULL,))
    result = read_plain_csv(written, "KRW")
    assert result.products == (FULL,)
    assert result.findings == ()
    assert write_plain_csv(result.products) == written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_separators_and_byte_order_mark(separator, mark):
    lines = ["Barcode|Name|Price|Stock", "8801234567893|감자칩|1980|3"]
    data = mark + "\r\n".join(line.replace("|", separator) for line in lines).encode()
    (product,) = read_plain_csv(data, "KRW").products
    assert product.sku == "8801234567893"
    assert product.gtin == "8801234567893"
    assert product.names == {"ko": "감자칩"}
    assert product.price == Money(1980, "KRW")
    assert product.stock == 3


def test_a_bad_check_digit_keeps_the_row_without_its_gtin():
    data = b"gtin,name,stock\n00877448001675,Marinara Sauce,1\n"
    result = read_plain_csv(data, "USD")
    assert result.products[0].sku == "00877448001675"
    assert result.products[0].gtin == ""
    assert rules(data) == [("gtin-bad", 2)]


def test_missing_dimensions_are_estimated_and_flagged():
    data = b"sku,name,category,size,stock\na,Cola,Soda,355 ml,1\nb,Thing,,,1\n"
    can, box = read_plain_csv(data, "USD").products
    assert (can.package, can.dimensions_mm) == ("can", (66.0, 122.0, 66.0))
    assert can.dimensions_estimated
    assert (box.package, box.dimensions_mm) == ("box", (140.0, 200.0, 60.0))


def test_every_bad_cell_is_said_with_its_line():
    data = (
        b"sku,name,price,stock,package,colour,width_mm\n"
        b"a,A,1.5,x,crate,red,-3\n"
        b",B,,,,,\n"
        b"c,,,,,,\n"
        b"a,Again,,,,,\n"
    )
    result = read_plain_csv(data, "KRW")
    assert [p.sku for p in result.products] == ["a", "X-019b78c7"]
    assert result.products[0].price is None
    assert rules(data) == [
        ("package-unknown", 2), ("number-bad", 2), ("price-bad", 2), ("stock-bad", 2),
        ("colour-bad", 2), ("sku-made", 3), ("name-missing", 4), ("sku-duplicate", 5),
    ]  # fmt: skip


def test_a_row_after_a_cell_with_line_breaks_has_its_own_line():
    data = b'sku,name,stock\na,"two\nlines",1\nb,,1\n'
    assert rules(data) == [("name-missing", 4)]


def test_a_gtin_that_comes_again_is_left_out_in_whatever_length_it_is_written():
    data = b"gtin,name,stock\n877448001674,A,1\n00877448001674,B,1\n877448001674.0,C,1\n"
    result = read_plain_csv(data, "USD")
    assert [p.names["en"] for p in result.products] == ["A"]
    assert rules(data) == [("sku-duplicate", 3), ("code-was-number", 4), ("sku-duplicate", 4)]


def test_a_code_that_no_check_digit_proves_is_never_taken_for_a_twin():
    data = b"gtin,name,stock\n877448001674,A,1\n877448001675.0,B,1\n8.77E+11,C,1\n"
    result = read_plain_csv(data, "USD")
    assert [(p.names["en"], p.gtin) for p in result.products] == [
        ("A", "877448001674"), ("B", ""), ("C", ""),
    ]  # fmt: skip
    assert rules(data) == [("code-damaged", 3), ("code-damaged", 4)]


def test_products_of_their_own_skus_that_share_a_gtin_stay_two():
    data = b"sku,gtin,name,stock\na,8801234567893,A,1\nb,8801234567893,B,1\n"
    result = read_plain_csv(data, "USD")
    assert [(p.sku, p.gtin) for p in result.products] == [("a", "8801234567893"), ("b", "")]
    assert [(f.rule, f.line, f.sentence) for f in result.findings] == [
        ("gtin-repeated", 3, "b has the barcode 8801234567893 of a; b is kept without one")
    ]


def test_branded_foods_without_names_get_them_from_brand_and_category():
    data = (
        b"gtin_upc,brand_owner,brand_name,subbrand_name,branded_food_category,package_weight\n"
        b'37600665605,Hormel Foods Corporation ,,,"Chips, Pretzels & Snacks",7 ONZ\n'
    )
    result = read_plain_csv(data, "USD")
    (chips,) = result.products
    assert chips.names == {"en": "Hormel – Chips, Pretzels & Snacks"}
    assert (chips.sku, chips.gtin) == ("037600665605", "037600665605")
    assert (chips.brand, chips.package) == ("Hormel Foods Corporation", "bag")
    assert chips.size_text == "7 oz"
    assert [f.rule for f in result.findings] == [
        "name-made", "stock-assumed", "gtin-zeros-restored",
    ]  # fmt: skip


def test_columns_of_a_korean_shop():
    header = "상품코드;바코드;상품명;판매가;재고;카테고리;규격"
    data = f"{header}\nA1;8801234567893;감자칩;1,980원;7;과자;60g\n"
    (product,) = read_plain_csv(data.encode("cp949"), "KRW").products
    assert (product.sku, product.gtin, product.names) == ("A1", "8801234567893", {"ko": "감자칩"})
    assert (product.price, product.stock, product.size_text) == (Money(1980, "KRW"), 7, "60g")


def test_no_stock_column_is_said_once():
    result = read_plain_csv(b"sku,name\na,A\nb,B\n", "USD")
    assert [p.stock for p in result.products] == [100, 100]
    assert [f.rule for f in result.findings] == ["stock-assumed"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file has no header row"),
        (b"colour,name\nred,A\n", "no column is named sku, id, gtin or barcode"),
        (b"sku,price\na,1\n", "no column is named name"),
        (b"sku,name,sku\na,A,b\n", "the header names 'sku' twice"),
        (b'sku,name\na,"' + b"x" * 1_100_000, "field larger than field limit"),
    ],
)
def test_a_feed_that_cannot_be_read_says_so_in_a_sentence(data, says):
    with pytest.raises(Failure) as caught:
        read_plain_csv(data, "USD")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("price", "was", "sentence"),
    [
        ("1980", "1980", "1980 is not above the price; it is no offer"),
        ("1980", "1500", "1500 is not above the price; it is no offer"),
        ("", "1500", "1500 is not above the price; it is no offer"),
        ("1980", "2k", "'2k' is not an amount of money in KRW; the product is no offer"),
    ],
)
def test_what_it_was_is_above_the_price_or_left_out_and_said(price, was, sentence):
    data = f"sku,name,price,was_price,stock\na,A,{price},{was},1\n".encode()
    result = read_plain_csv(data, "KRW")
    assert result.products[0].was_price is None
    assert [(f.rule, f.line, f.sentence) for f in result.findings] == [
        ("was-price-bad", 2, sentence)
    ]


def test_a_price_from_a_side_file_is_no_sample_and_ends_an_offer_that_is_none_any_more():
    feed = read_plain_csv(write_plain_csv((FULL,)), "KRW")
    (product,) = with_side_files(feed, {}, {"EC-001": Money(2400, "KRW")}).products
    assert (product.was_price, product.price_is_sample) == (Money(2480, "KRW"), False)
    (product,) = with_side_files(feed, {}, {"EC-001": Money(2480, "KRW")}).products
    assert product.was_price is None


def test_side_files_complete_by_sku_or_by_gtin_without_leading_zeros():
    feed = read_plain_csv(b"gtin,name,stock\n00877448001674,Sauce,5\n", "USD")
    done = with_side_files(
        feed, {"877448001674": (80.0, 150.0, 80.0)}, {"877448001674": Money(399, "USD")}
    )
    (product,) = done.products
    assert product.dimensions_mm == (80.0, 150.0, 80.0)
    assert not product.dimensions_estimated
    assert product.price == Money(399, "USD")


@pytest.mark.parametrize("side", ["nan", "inf", "-5", "1e9", "9999", "wide"])
@pytest.mark.parametrize("column", ["width", "width_mm"])
def test_a_side_that_is_no_length_is_said(side, column):
    data = f"sku,name,stock,{column}\na,A,1,{side}\n".encode()
    result = read_plain_csv(data, "USD")
    assert result.products[0].dimensions_estimated
    assert [(f.rule, f.line, f.sentence) for f in result.findings] == [
        ("number-bad", 2, f"width_mm '{side}' is not a number from 0 to 5,000")
    ]


@pytest.mark.parametrize(
    ("row", "sides", "sentence"),
    [
        ("10 cm,,", (100.0, 200.0, 60.0), "no height and no depth: estimated"),
        ("10 cm,,5 cm", (100.0, 200.0, 50.0), "no height: estimated"),
        ("0,300,0", (140.0, 300.0, 60.0), "no width and no depth: estimated"),
        ("0,0,0", (140.0, 200.0, 60.0), ""),
        ("100,90,80", (100.0, 90.0, 80.0), ""),
    ],
)
def test_stated_sides_stay_and_the_others_are_estimated_and_said(row, sides, sentence):
    result = read_plain_csv(f"sku,name,stock,width,height,depth\na,A,1,{row}\n".encode(), "USD")
    (product,) = result.products
    assert product.dimensions_mm == sides
    assert product.dimensions_estimated == (row != "100,90,80")
    assert [(f.rule, f.sentence) for f in result.findings] == (
        [("sides-estimated", sentence)] if sentence else []
    )


@pytest.mark.parametrize(
    ("header", "cell", "grams", "said"),
    [
        ("weight", "1 kg", 1000.0, ""),
        ("weight", "250g", 250.0, ""),
        ("Weight (kg)", "1.5", 1500.0, ""),
        ("Weight (lbs)", "2", 907.185, ""),
        ("weight,weight unit", "2,oz", 56.699, ""),
        ("weight", "2", 0.0, "weight '2' has no unit, as in '2 g'; it is left out"),
        ("weight", "1e300", 0.0, "weight_g '1e300' is not a number from 0 to 10,000,000"),
        ("weight", "0", 0.0, ""),
        ("weight_g", "300", 300.0, ""),
    ],
)
def test_a_weight_is_read_with_its_unit(header, cell, grams, said):
    result = read_plain_csv(f"sku,name,stock,{header}\na,A,1,{cell}\n".encode(), "USD")
    assert result.products[0].weight_g == grams
    assert [(f.rule, f.sentence) for f in result.findings] == (
        [("number-bad", said)] if said else []
    )


@pytest.mark.parametrize(
    ("text", "stock", "is_said"),
    [
        ("1.0", 1, False), ("7,00", 7, False), ("1,000", 1000, False), ("12,345.0", 12345, False),
        ("1,000,000", 1_000_000, False), ("1.000", 0, True), ("1.5", 0, True), ("5 pcs", 0, True),
        ("1,00,000", 0, True), ("-1", 0, True), ("99,999,999", 0, True), ("nan", 0, True),
    ],
)  # fmt: skip
def test_stock_as_spreadsheets_write_it(text, stock, is_said):
    result = read_plain_csv(f'sku,name,stock\na,A,"{text}"\n'.encode(), "USD")
    assert result.products[0].stock == stock
    assert [f.rule for f in result.findings] == (["stock-bad"] if is_said else [])


def test_a_catalogue_has_columns_for_facts_only_where_a_product_has_some():
    plain = msgspec.structs.replace(FULL, facts=None)
    assert b"energy" not in write_plain_csv((plain,))
    only = msgspec.structs.replace(FULL, facts=Facts(contains=("milk",)))
    head = write_plain_csv((plain, only)).split(b"\n")[0]
    assert head.endswith(b",colour,allergens,may_contain")
    assert read_plain_csv(write_plain_csv((plain, only)), "KRW").counts == {"sku-duplicate": 1}


def test_facts_are_read_from_the_columns_of_labels_in_several_languages():
    (product,) = read_plain_csv(
        "sku,name,열량,지방,나트륨,allergènes,traces,description\n"
        'A,콩칩,"412,5 kcal",10 g,400,"Lait, soja; œufs",sésame/kiwi,Crisp &amp; light.\n'.encode(),
        "KRW",
    ).products
    assert product.facts == Facts(
        Nutrition(energy_kcal=412.5, fat_g=10.0, salt_g=1.0),
        ("eggs", "soybeans", "milk"),
        ("sesame",),
        {"en": "Crisp & light."},
    )


def test_what_is_no_amount_and_no_allergen_is_left_out_and_said():
    result = read_plain_csv(
        b"sku,name_en,energy_kj,sugars_g,protein_g,salt_g,allergens,may_contain\n"
        b'A,Chips,1000,101,-3,traces,"milk, kryptonite",milk\nB,Nails,,,,,none,\n',
        "KRW",
    )
    chips, nails = result.products
    assert chips.facts == Facts(Nutrition(energy_kcal=239.006), ("milk",))
    assert nails.facts is None
    assert result.counts["nutrition-bad"] == 3
    assert [f.sentence for f in result.findings if f.rule == "allergen-unknown"] == [
        "allergen 'kryptonite' is not known; it is left out"
    ]
    assert {f.sentence for f in result.findings if f.rule == "nutrition-bad"} == {
        "sugars_g '101' is no amount from 0 to 100", "protein_g '-3' is no amount from 0 to 100",
        "salt_g 'traces' is no amount from 0 to 100",
    }  # fmt: skip


def test_a_description_that_stands_in_for_the_name_describes_nothing():
    (product,) = read_plain_csv(b"sku,description\nA,Chips\n", "KRW").products
    assert (product.names, product.facts) == ({"en": "Chips"}, None)
