import io

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds import encodings
from store_scenes.feeds.encodings import find_encoding
from store_scenes.feeds.registry import read_feed
from store_scenes.feeds.table import read_table


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("cp949", "CP949, Korean Windows"), ("utf-16", "UTF-16"),
     ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")],
)  # fmt: skip
def test_letters_across_the_borders_of_chunks_are_whole(monkeypatch, size, codec, name):
    monkeypatch.setattr(encodings, "CHUNK_BYTES", size)
    data = "sku,name\na,감자칩 과자\nb,고구마\n".encode(codec)
    told = find_encoding(io.BytesIO(data))
    assert (told.name, told.lines) == (name, 3)
    assert [cells["name"] for _, cells in read_table(data).rows] == ["감자칩 과자", "고구마"]


@pytest.mark.parametrize("size", [1, 4, 64])
def test_the_line_that_is_in_no_encoding_is_told_across_chunks(monkeypatch, size):
    monkeypatch.setattr(encodings, "CHUNK_BYTES", size)
    with pytest.raises(Failure, match="line 3: neither UTF-8 nor"):
        find_encoding(io.BytesIO(b"a\nb\n\x81\xff\x8d,\xff\n"))


def test_a_file_larger_than_any_feed_is_refused(monkeypatch):
    monkeypatch.setattr(encodings, "FEED_BYTES_MAX", 10)
    with pytest.raises(Failure, match="larger than 10 bytes"):
        find_encoding(io.BytesIO(b"x" * 11))


def test_a_line_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("store_scenes.feeds.table.LINE_CHARS_MAX", 20)
    with pytest.raises(Failure, match="line 2 has more than 20 characters"):
        list(read_table(b"sku,name\n" + b"x" * 30).rows)


def test_the_file_stays_open_and_at_its_beginning():
    file = io.BytesIO(b"sku,name\n")
    find_encoding(file)
    assert (file.tell(), file.closed) == (0, False)


TEXTS = {
    "cp949": ("CP949, Korean Windows", "sku,name\n1,신라면 멀티팩\n2,참치 김밥\n"),
    "cp932": ("Shift-JIS, Japanese Windows", "商品コード,商品名\n1,カップ麺\n2,醤油 たまご\n"),
    "gb18030": ("GB18030, Chinese", "sku,name\n1,方便面\n2,酱油\n3,巧克力饼干\n"),
    "cp1251": ("Windows-1251, Cyrillic", "sku;name\n1;Молоко цельное\n2;Хлеб\n3;Сахар\n"),
    "cp1252": ("Windows-1252", "sku,name\n1,Café crème\n2,Käse – süß\n"),
}


@pytest.mark.parametrize("codec", TEXTS)
def test_encodings_from_before_unicode_are_told_by_their_letters(codec):
    name, text = TEXTS[codec]
    told = find_encoding(io.BytesIO(text.encode(codec)))
    assert (told.codec, told.name, told.guessed) == (codec, name, False)


@pytest.mark.parametrize(
    ("codec", "text"),
    [("cp1253", "Γάλα φρέσκο\nΨωμί\n"), ("koi8-r", "Молоко цельное\n"), ("cp949", "햏햏 똠방\n"),
     ("euc-jp", "カップ麺\n醤油\n")],
)  # fmt: skip
def test_without_evidence_it_is_a_guess_and_encoding_says_better(codec, text):
    data = f"sku,name\n1,{text}".encode(codec)
    assert find_encoding(io.BytesIO(data)).guessed
    result = read_feed(data, "EUR")
    assert "encoding-guessed" in [one.rule for one in result.findings]
    told = read_feed(data, "EUR", encoding=codec)
    assert next(iter(told.products[0].names.values())) == text.splitlines()[0]
    assert told.encoding == f"{codec}, as told"
    assert not [one for one in told.findings if one.rule.startswith("encoding")]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("klingon", "--encoding: 'klingon' is no encoding such as utf-8"),
        ("base64", "--encoding: 'base64' is no encoding"),
        ("utf-8", "line 2: not in utf-8, which --encoding says the file is in"),
    ],
)
def test_an_encoding_that_is_told_wrong_is_said(wanted, says):
    with pytest.raises(Failure, match=says):
        find_encoding(io.BytesIO("a\nKäse".encode("cp1252")), wanted)


@pytest.mark.parametrize(
    "data", [b"sku,name\nA\0,B\n", b"sku,name\n1,A\n\0\n", b"sku,name\n" + b"1,Milk\0\n" * 40]
)
def test_a_stray_zero_byte_makes_no_utf_16_of_a_file(data):
    assert find_encoding(io.BytesIO(data)).name == "UTF-8"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\x14\0\x08\0[Content_Types].xml", r"this is a spreadsheet \(.xlsx\): save it"),
        (b"PK\x03\x04a", "this is a zip archive or a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", r"this is a spreadsheet \(.xls\)"),
        (b"\x1f\x8b\x08\0", r"this is compressed \(.gz\): unpack it first"),
        (b"%PDF-1.7\n", "this is a PDF"),
    ],
)
def test_what_is_no_text_is_named(data, says):
    with pytest.raises(Failure, match=says):
        read_feed(data, "EUR")
    with pytest.raises(Failure, match=says):
        read_table(data)
