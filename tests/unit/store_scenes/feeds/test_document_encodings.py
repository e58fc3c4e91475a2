"""What pages, XML and JSON are in: as they say themselves, unless their bytes prove another."""

import json

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds.registry import read_feed

PRODUCT = json.dumps({"@type": "Product", "sku": "a", "name": "신라면"}, ensure_ascii=False)
PAGE = '<html><head>{meta}<script type="application/ld+json">' + PRODUCT + "</script></head></html>"
XML = '<?xml version="1.0" encoding="{0}"?><rss><item><id>a</id><title>{1}</title></item></rss>'


def names(result):
    return [name for product in result.products for name in product.names.values()]


@pytest.mark.parametrize(
    ("meta", "codec", "told"),
    [
        ('<meta charset="euc-kr">', "euc-kr", "euc-kr, as it says itself"),
        ("<META CHARSET=EUC-KR>", "euc-kr", "EUC-KR, as it says itself"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">',
            "cp949", "ks_c_5601-1987, as it says itself",
        ),
        ("", "utf-8", "UTF-8"),
        ('<meta charset="utf-8">', "utf-8", "UTF-8"),
        ("", "utf-16", "UTF-16"),
        ('<meta charset="euc-kr">', "utf-8-sig", "UTF-8"),
    ],
)  # fmt: skip
def test_a_page_is_in_what_it_says(meta, codec, told):
    result = read_feed(PAGE.replace("{meta}", meta).encode(codec), "KRW")
    assert (names(result), result.encoding) == (["신라면"], told)


def test_a_page_that_says_nothing_is_guessed_and_said():
    result = read_feed(PAGE.replace("{meta}", "").encode("cp949"), "KRW")
    assert (names(result), result.encoding) == (["신라면"], "CP949, Korean Windows")
    assert "encoding-guessed" in [one.rule for one in result.findings]


def test_a_page_that_was_saved_as_utf_8_and_says_another_is_utf_8_and_said():
    result = read_feed(PAGE.replace("{meta}", '<meta charset="euc-kr">').encode(), "KRW")
    assert names(result) == ["신라면"]
    assert [one.sentence for one in result.findings if one.rule == "encoding-contradicted"] == [
        "it says euc-kr and is not in it; UTF-8 was taken"
    ]


@pytest.mark.parametrize(
    ("declared", "name"),
    [("ISO-8859-1", "Käse"), ("windows-1251", "Молоко"), ("euc-kr", "신라면"),
     ("shift_jis", "カップ麺"), ("utf-8", "Käse"), ("utf-16", "Käse")],
)  # fmt: skip
def test_xml_is_in_what_it_says(declared, name):
    assert names(read_feed(XML.format(declared, name).encode(declared), "EUR")) == [name]


def test_json_in_another_encoding_is_read_too():
    assert names(read_feed(f"[{PRODUCT}]".encode("utf-16"), "KRW")) == ["신라면"]
    assert names(read_feed(PRODUCT.encode("cp949"), "KRW", encoding="euc-kr")) == ["신라면"]


def test_a_document_in_no_encoding_is_refused_in_a_sentence():
    with pytest.raises(Failure, match="that it is in euc-kr and is not; say --encoding"):
        read_feed(b'<html><meta charset="euc-kr">\x81\xff\x8d,\xff</html>', "KRW")
