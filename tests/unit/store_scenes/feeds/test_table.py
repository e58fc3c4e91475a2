import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds.table import plain_text, read_table, tidy

TEXT = "sku;name\na;감자칩\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("cp949"), "CP949, Korean Windows"),
    ],
)
def test_encodings_are_told_apart(data, encoding):
    table = read_table(data)
    assert (table.encoding, table.separator) == (encoding, "semicolons")
    assert list(table.rows) == [(2, {"sku": "a", "name": "감자칩"})]


def test_western_windows_is_what_is_left():
    table = read_table("sku,name\na,Café crème – “doux”\n".encode("cp1252"))
    assert table.encoding == "Windows-1252"
    assert list(table.rows) == [(2, {"sku": "a", "name": "Café crème – “doux”"})]


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_separators_are_told_apart_by_the_header_outside_quotes(separator, name):
    table = read_table(
        f'sku{separator}"a;b,c,d|e"{separator}name\n1{separator}2{separator}3'.encode()
    )
    assert (table.separator, table.header) == (name, ["sku", "a_b_c_d_e", "name"])


def test_column_names_lose_capitals_spaces_and_brackets():
    header = read_table("Weight value (grams),Body (HTML),Compare-at price,상품 명".encode()).header
    assert header == ["weight_value_grams", "body_html", "compare_at_price", "상품_명"]


def test_a_line_for_spreadsheets_is_no_header():
    assert list(read_table(b"sep=;\r\nsku;name\r\na;A\r\n").rows) == [
        (3, {"sku": "a", "name": "A"})
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a,b\n\x81\xff\x8d,\xff", "line 2: neither UTF-8 nor UTF-16, CP949 or Windows-1252"),
        (b"\xff\xfea\x00\x00", "begins as UTF-16 and does not go on so"),
        (b"", "no header row"),
        (b"a,a\n", "the header names 'a' twice"),
        (("x," * 501).encode(), "the header names 502 columns; at most 500"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(data, says):
    with pytest.raises(Failure) as caught:
        list(read_table(data).rows)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("<p>Fish &amp; <b>chips</b></p>", "Fish & chips"),
        ("a < b > c", "a < b > c"),
        ("Salt &lt; sugar", "Salt < sugar"),
        ("&lt;b&gt;Bold&lt;/b&gt; &#39;q&#39;", "Bold 'q'"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt;", "Bold"),
        ("Salt &amp;amp; sugar", "Salt & sugar"),
        ("&amp;amp;amp; x", "& x"),
        ("I <3 you &lt;3", "I <3 you <3"),
        ("Ready â€“ to Drink", "Ready – to Drink"),
        ("CrÃ¨me", "Crème"),
        ("Château", "Château"),
        ("Crisp & Co.", "Crisp & Co."),
    ],
)
def test_cells_lose_html_and_double_encoding(cell, plain):
    assert plain_text(cell) == plain


def test_a_dash_of_western_windows_that_came_as_a_control_character_is_a_dash():
    assert tidy("Vegetables \x96 Prepared") == "Vegetables – Prepared"
    assert tidy(" a\t\u200bb ") == "a b"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('sku,name,price\n1,"unterminated,2\n2,B,3\n3,C,4\n', 2),
        ('sku,name,price\n1,"unterminated,2\n2,B,3', 2),
        ('sku,name\n1,A\n\n2,"open\n3,"C"\n4,D\n', 4),
        ('sku,name\n1,"two\nlines"\n2,"open\n', 4),
        ('sku,name\n1,"a" b,"open\n2,B\n', 2),
        ('sep=,\nsku,name\n1,A\n2,"open', 4),
        ('sku,"name\n1,A\n2,B\n', 1),
    ],
)
def test_a_quote_that_is_never_closed_is_refused_with_its_line(text, line):
    with pytest.raises(Failure, match=f"^line {line}: a quote opens in this row and is not closed"):
        list(read_table(text.encode()).rows)


def test_quotes_within_one_line_lose_nothing():
    text = 'sku,name,price\n1,"5" screen,2\n2,"A ""B""",3\n3,12" pipe,4\n4,"two\nlines",5\n5,E,6'
    assert [(line, cells["name"]) for line, cells in read_table(text.encode()).rows] == [
        (2, "5 screen"), (3, 'A "B"'), (4, '12" pipe'), (5, "two lines"), (7, "E"),
    ]  # fmt: skip
