import unicodedata

import pytest

from store_scenes.typefaces import covers, find, find_typeface, printable, text_runs
from store_scenes.typefaces.bidi import display_order


@pytest.mark.parametrize(
    "text",
    ["감자칩 60 g", "Crème brûlée", "молоко 3,2 %", "中華麺", "עולם 5", "ภูเก็ต", "ṽ\U0001f600"],
)
@pytest.mark.parametrize("weight", ["regular", "bold", "serif", "round", "square"])
def test_no_run_has_a_character_that_its_face_lacks(text, weight):
    kept = printable(text, weight)
    for run in text_runs(kept, weight):
        assert all(c.isspace() or run.face.typeface.unicharToGlyph(ord(c)) for c in run.text)
    assert "".join(run.text for run in text_runs(kept, weight)) == display_order(kept)


def test_plain_text_is_one_run_of_the_house_typeface():
    (run,) = text_runs("제주 녹차 20 tea bags", "bold")
    assert run.text == "제주 녹차 20 tea bags"


def test_a_word_is_not_set_in_two_faces_if_one_has_it_all():
    faces = {id(run.face) for run in text_runs(printable("brûlée", "bold"), "bold")}
    assert len(faces) == 1


def test_what_no_font_has_and_what_is_no_character_is_left_out():
    assert printable("a\U000f0000b\u200d\ufeff c", "bold") == "ab c"
    assert printable(" a\n\tb ", "regular") == "a b"
    assert text_runs("", "bold") == ()
    assert printable(unicodedata.normalize("NFD", "한글"), "bold") == "한글"


def test_right_to_left_text_is_drawn_from_its_end():
    assert display_order("שלום") == "םולש"
    assert display_order("abc") == "abc"
    # The line runs to the left, numbers in it to the right, brackets open to the left.
    assert display_order("אבג 123 דה") == "הד 123 גבא"
    assert display_order("א(ב)") == "(ב)א"
    # In a line that starts with Latin only the Hebrew words turn round, together.
    assert display_order("Tea אב גד 2") == "Tea 2 דג בא"


def test_arabic_letters_are_joined():
    # Seen, lam with alef, meem: initial, final ligature, isolated; drawn from the right.
    assert display_order("سلام") == "\ufee1\ufefc\ufeb3"
    # A vowel sign does not part its neighbours: beh with fatha, then teh.
    assert display_order("بَت") == "\ufe96\u064e\ufe91"


def test_a_display_face_is_never_missing(monkeypatch):
    assert find_typeface("serif").path.is_file()
    monkeypatch.setattr(find, "_DISPLAY", {"serif": {}})
    bold = find_typeface("bold")
    assert find._find.__wrapped__("serif", "", "linux") == bold


def test_a_typeface_covers_what_it_draws_alone():
    assert covers("감자칩 60 g", "bold")
    assert not covers("감자칩 \U0001f600", "bold")
    assert covers(unicodedata.normalize("NFD", "한글"), "serif")
