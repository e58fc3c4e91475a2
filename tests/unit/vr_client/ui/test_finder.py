"""Search: what is found, in which order, and that no frame does much of it."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog_sync.model.product import Product
from vr_client.ui import finder, spelling
from vr_client.ui.finder import NOTHING, Category, Finder, Found, initials_of


def product(sku, ko, en, brand="Hill", category="misc", **more):
    return Product(sku, {"ko": ko, "en": en}, brand, category, "box", (100, 100, 100), **more)


SHELVES = MappingProxyType(
    {
        p.sku: p
        for p in (
            product("M1", "우유", "Milk", category="dairy", gtin="8801234567893"),
            product("M2", "딸기 우유", "Strawberry milk", category="dairy"),
            product("M3", "두유", "Soymilk", brand="Bean & Co", category="dairy"),
            product("C1", "밀크 초콜릿", "Milk chocolate", category="sweets", size_text="90 g"),
            product("C2", "감자칩", "Potato chips", brand="Milky Way", category="snacks"),
            product("K1", "김치찌개", "Kimchi stew", category="ready meals"),
        )
    }
)


def asked(query, language="en", products=SHELVES, turns=3):
    made = Finder()
    for _ in range(turns):
        found = made.turn(products, query, language)
    return found


@pytest.mark.parametrize(
    ("query", "skus"),
    [
        # A name that ends with it (that is what it is), or begins with it, has a word that does,
        # has it inside; then the brand.
        ("milk", ("M1", "M2", "C1", "M3", "C2")),
        ("MILK  ch", ("C1", "C2")),
        ("우유", ("M1", "M2")),
        ("초콜릿", ("C1",)),
        ("유", ("M3", "M1", "M2")),
        ("8801234567893", ("M1",)),
        ("k1", ("K1",)),
        ("snacks", ("C2",)),
        ("dairy straw", ("M2",)),
        ("bean soy", ("M3",)),
        ("90 g", ("C1",)),
        ("nothing of the kind", ()),
    ],
)
def test_the_best_comes_first(query, skus):
    language = "ko" if query > "힐" or "가" <= query[0] <= "힣" else "en"
    found = asked(query, language)
    assert set(found.skus) == set(skus)
    if len(query) > 1:
        assert found.skus == skus
    assert found.count == len(skus)


@pytest.mark.parametrize(
    ("query", "skus"),
    [("ㅇㅇ", ("M1", "M2")), ("ㄱㅊㅉㄱ", ("K1",)), ("ㄸㄱ ㅇㅇ", ("M2",)), ("ㅎㅎㅎ", ())],
)
def test_hangul_is_found_by_its_initial_consonants(query, skus):
    assert asked(query, "ko").skus == skus


@pytest.mark.parametrize(
    ("query", "skus"),
    [
        # On the way to 우유: each key as a keyboard of two sets writes it.
        ("우", ("M1", "M2")),
        ("웅", ("M1", "M2")),
        ("우ㅇ", ("M1", "M2")),
        ("우유", ("M1", "M2")),
        ("딸", ("M2",)),
        ("딸ㄱ", ("M2",)),
        ("딹", ("M2",)),  # ㄹ and ㄱ join until a vowel comes
        ("딸기 웅", ("M2",)),
        ("딸기 ㅇㅇ", ("M2",)),
        ("딸기 ㅇㅇㅇ", ()),
        ("초코", ("C1",)),
        ("초콜리", ("C1",)),
        ("초콜릿", ("C1",)),
        ("김치ㅉ", ("K1",)),
        ("잌", ()),
        # Only the last syllable is open.
        ("웅딸기", ()),
        ("웅 딸기", ()),
    ],
)
def test_a_syllable_that_is_being_written_finds_what_it_may_become(query, skus):
    found = asked(query, "ko")
    assert (found.skus, found.count) == (skus, len(skus))


def test_a_final_consonant_is_no_initial_one():
    shelves = MappingProxyType({"D": product("D", "강아지 간식", "Dog treat")})
    assert asked("ㅇㅇ", "ko", shelves).skus == ()
    assert asked("ㄱㅇㅈ", "ko", shelves).skus == ("D",)


def test_what_has_the_whole_word_comes_before_what_it_may_become():
    shelves = MappingProxyType(
        {
            item.sku: item
            for item in (
                product("A", "과자", "Biscuit"),
                product("B", "공", "Ball"),
                product("C", "매운 고추장", "Chilli paste"),
            )
        }
    )
    assert asked("고", "ko", shelves).skus == ("C", "B", "A")


def test_initials_keep_what_is_not_hangul():
    assert initials_of("감자칩 90 g") == "ㄱㅈㅊ 90 g"


def test_decomposed_hangul_is_found_too():
    assert asked("우유", "ko").skus == ("M1", "M2")


def test_an_empty_field_finds_nothing_and_unchanged_answers_are_the_same_object():
    made = Finder()
    kinds = (
        Category("dairy", 3, "M1"), Category("sweets", 1, "C1"), Category("snacks", 1, "C2"),
        Category("ready meals", 1, "K1"),
    )  # fmt: skip
    empty = made.turn(SHELVES, "", "ko")
    assert empty == replace(NOTHING, categories=kinds)
    assert made.turn(SHELVES, "", "ko") is empty
    for _ in range(3):
        made.turn(SHELVES, "milk", "en")
    assert made.turn(SHELVES, "milk", "en") is made.turn(SHELVES, "milk", "en")
    assert made.turn(SHELVES, "milk", "en").categories == ()
    assert made.turn(SHELVES, " ", "en") == replace(NOTHING, query=" ", categories=kinds)


def test_of_a_category_there_is_everything_by_name():
    made = Finder()
    made.turn(SHELVES, "", "ko")
    found = made.turn(SHELVES, "", "ko", "dairy")
    assert found == Found("", ("M3", "M2", "M1"), 3, category="dairy")  # 두유, 딸기 우유, 우유
    assert made.turn(SHELVES, "", "ko", "dairy") is found
    assert made.turn(SHELVES, "", "en", "dairy").skus == ("M1", "M3", "M2")
    assert made.turn(SHELVES, "", "en", "no such kind").skus == ()
    assert made.turn(SHELVES, "", "en").categories[0].name == "dairy"


def test_a_category_grows_while_a_catalogue_is_learned_and_lists_more_than_a_query(monkeypatch):
    monkeypatch.setattr(finder, "LEARNED_A_FRAME", 50)
    many = MappingProxyType(
        {f"S{n:03}": product(f"S{n:03}", f"과자 {n:03}", f"Snack {n:03}", category="snacks")
         for n in range(130)}
    )  # fmt: skip
    made = Finder()
    counts = [made.turn(many, "", "ko", "snacks").count for _ in range(4)]
    assert counts == [50, 100, 130, 130]
    found = made.turn(many, "", "ko", "snacks")
    assert (found.done, len(found.skus)) == (True, 130)
    assert list(found.skus) == sorted(many)


def test_a_kind_of_product_is_found_in_both_languages():
    shelves = MappingProxyType({"A": product("A", "쿠키", "Cookie", category="biscuits")})
    for query, language in (("비스킷", "ko"), ("Biscuits", "en"), ("비스킷", "en")):
        assert asked(query, language, shelves).skus == ("A",)


def test_a_large_catalogue_is_learned_and_asked_a_slice_a_frame(monkeypatch):
    monkeypatch.setattr(finder, "LEARNED_A_FRAME", 10)
    monkeypatch.setattr(finder, "ASKED_A_FRAME", 20)
    many = MappingProxyType(
        {f"S{n}": product(f"S{n}", f"과자 {n}", f"Snack {n}") for n in range(50)}
    )
    made = Finder()
    turns = [made.turn(many, "snack", "en") for _ in range(7)]
    assert [found.count for found in turns] == [10, 20, 30, 40, 50, 50, 50]
    assert [found.done for found in turns] == [False] * 5 + [True] * 2
    again = [made.turn(many, "snack 4", "en").count for _ in range(4)]
    assert again == [2, 4, 14, 14]  # 4, 40 to 49, and the codes S14, S24 and S34


def test_who_joins_later_is_found_without_typing_again_and_a_price_changes_nothing():
    made = Finder()
    for _ in range(2):
        made.turn(SHELVES, "milk", "en")
    more = MappingProxyType({**SHELVES, "N1": product("N1", "새 우유", "Milk, new")})
    for _ in range(3):
        found = made.turn(more, "milk", "en")
    assert "N1" in found.skus
    assert found.count == 6


def test_no_more_are_shown_than_a_person_reads_but_all_are_counted():
    many = MappingProxyType(
        {f"S{n:03}": product(f"S{n:03}", f"과자 {n}", f"Snack {n}") for n in range(200)}
    )
    found = asked("snack", products=many, turns=6)
    assert (len(found.skus), found.count) == (finder.FOUND_MAX, 200)


def test_in_korean_the_end_of_a_compound_says_what_it_is():
    shelves = MappingProxyType(
        {
            item.sku: item
            for item in (
                product("B1", "우유식빵", "Milk bread"),
                product("B2", "저지방우유", "Low-fat milk"),
                product("B3", "우유 1 L", "Milk 1 L"),
            )
        }
    )
    assert asked("우유", "ko", shelves).skus == ("B2", "B3", "B1")
    assert asked("milk", "en", shelves).skus == ("B3", "B2", "B1")  # the shorter name first


@pytest.mark.parametrize(
    ("query", "skus", "meant"),
    [
        ("mlik", ("M1", "M2", "C1", "M3", "C2"), "milk"),
        ("mikl", ("M1", "M2", "C1", "M3", "C2"), "milk"),
        ("chocolat bar", (), ""),  # of two words that are unknown, one resembles nothing
        ("strawbery milk", ("M2",), "strawberry milk"),
        ("patato", ("C2",), "potato"),
        ("웅유", ("M1", "M2"), "우유"),
        ("초콜렛", ("C1",), "초콜릿"),
        ("mik", (), ""),  # too short: one slip away from too much
        ("k11", (), ""),  # a code is right or wrong
        ("8801234567894", (), ""),
        ("ㅎㅎㅎㅎ", (), ""),
    ],
)
def test_one_slip_is_forgiven_where_nothing_is_called_so(query, skus, meant):
    language = "en" if query.isascii() else "ko"
    found = asked(query, language, turns=8)
    assert (found.skus, found.count, found.meant, found.done) == (skus, len(skus), meant, True)


def test_what_is_called_so_is_never_mended():
    shelves = MappingProxyType({**SHELVES, "X": product("X", "밀기", "Milt")})
    found = asked("milt", products=shelves, turns=8)
    assert (found.skus, found.meant) == (("X",), "")


@pytest.mark.parametrize("query", ["ramen", "ramyun", "Ramyeon", "라면", "ramyon"])
def test_a_food_is_found_by_each_of_its_spellings(query):
    shelves = MappingProxyType(
        {
            item.sku: item
            for item in (
                product("R1", "매운 라면 5입", "Spicy noodles, 5 pack", category="Instant Noodles"),
                product("R2", "진한 국물", "Ramyun", category="soup"),
                product("T", "국수", "Noodles", category="noodles"),
            )
        }
    )
    assert set(asked(query, "en", shelves, turns=8).skus) == {"R1", "R2"}


def test_the_spelling_that_found_something_is_the_one_that_is_named():
    ramyun = product("R2", "진한 국물", "Ramyun")
    noodles = product("R1", "매운 라면", "Spicy noodles")
    # First by alphabet is ramyeon, which nothing here is called.
    for shelf, meant in (((ramyun, noodles), "ramyun"), ((noodles,), "라면")):
        shelves = MappingProxyType({item.sku: item for item in shelf})
        found = asked("ramyon", "en", shelves, turns=8)
        assert (found.skus[0], found.meant) == (shelf[0].sku, meant)


def test_of_a_slip_that_finds_nothing_no_other_word_is_named():
    shelves = MappingProxyType({"T": product("T", "국수", "Noodles")})
    found = asked("ramyon", "en", shelves, turns=8)
    assert (found.skus, found.meant, found.done) == ((), "", True)


def test_other_spellings_are_tried_in_smaller_slices_and_slips_only_after_everything(monkeypatch):
    monkeypatch.setattr(finder, "ASKED_A_FRAME", 40)
    monkeypatch.setattr(spelling, "SCANNED_A_FRAME", 25)
    many = MappingProxyType(
        {f"S{n}": product(f"S{n}", f"라면 {n}", f"Noodles {n}") for n in range(50)}
    )
    made = Finder()
    for _ in range(3):
        made.turn(many, "", "en")
    turns = [made.turn(many, "ramen", "en") for _ in range(6)]
    assert [found.count for found in turns] == [10, 20, 30, 40, 50, 50]  # with three spellings more
    turns = [made.turn(many, "noodels", "en") for _ in range(8)]
    # Two frames find nothing, three look at all words, then the word that was meant is asked for.
    assert [(found.count, found.done) for found in turns] == [
        (0, False), (0, False), (0, False), (0, False), (0, False), (20, False), (40, False),
        (50, True),
    ]  # fmt: skip
    assert turns[-1] is made.turn(many, "noodels", "en")
