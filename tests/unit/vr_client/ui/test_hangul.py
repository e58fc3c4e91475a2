"""Writing Hangul key by key, as every Korean phone and computer does."""

import csv
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_client.ui.hangul import FINALS, INITIALS, MEDIALS, add, erase, keys_of
from vr_client.ui.keyboard import ROWS, SHIFTED

CATALOGUE = Path(__file__).resolve().parents[4] / "store_scenes" / "demo" / "store" / "catalog.csv"
PRESSED = {
    key for row in ROWS["ko"] for key in row if len(key) == 1
} | set(SHIFTED.values())  # fmt: skip


def written(keys, text=""):
    """What stands there after each key."""
    return list(accumulate(keys, add, initial=text))


def names():
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted({row["name_ko"] for row in rows})


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        # A final consonant goes over to the next syllable when a vowel follows.
        ("ㅇㅜㅇㅠ", ["ㅇ", "우", "웅", "우유"]),
        ("ㅅㅏㄱㅗㅏ", ["ㅅ", "사", "삭", "사고", "사과"]),
        # Two finals, of which the second goes.
        ("ㄱㅏㅂㅅㅣ", ["ㄱ", "가", "갑", "값", "갑시"]),
        ("ㄷㅏㄹㄱㄱㅗㄱㅣ", ["ㄷ", "다", "달", "닭", "닭ㄱ", "닭고", "닭곡", "닭고기"]),
        # ㄸ, ㅃ and ㅉ end no syllable; ㄲ and ㅆ do.
        ("ㅇㅏㄸㅏ", ["ㅇ", "아", "아ㄸ", "아따"]),
        ("ㅇㅏㄲㅏ", ["ㅇ", "아", "앆", "아까"]),
        ("ㅂㅜㅓㄹ", ["ㅂ", "부", "붜", "붤"]),
        # Vowels alone, and one that joins no other.
        ("ㅗㅏㅏ", ["ㅗ", "ㅘ", "ㅘㅏ"]),
        ("ㄱㅏㅏ", ["ㄱ", "가", "가ㅏ"]),
        # Initial consonants alone find as well, so they stay apart.
        ("ㄱㅅㅇ", ["ㄱ", "ㄱㅅ", "ㄱㅅㅇ"]),
        ("ㅋㅋㅗ", ["ㅋ", "ㅋㅋ", "ㅋ코"]),
    ],
)
def test_what_stands_there_after_each_key(keys, steps):
    assert written(keys)[1:] == steps


def test_what_is_no_hangul_ends_a_syllable():
    assert written("ㅇㅜ ㅇㅠ1ㄱ")[-1] == "우 유1ㄱ"
    assert add("우 ", "ㅇ") == "우 ㅇ"
    assert add("milk", "ㅏ") == "milkㅏ"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("닭", ["달", "다", "ㄷ", ""]),
        ("괜", ["괘", "고", "ㄱ", ""]),
        ("우유", ["우ㅇ", "우", "ㅇ", ""]),
        ("ㅘ", ["ㅗ", ""]),
        ("ㄳ", ["ㄱ", ""]),
        ("꽉 a", ["꽉 ", "꽉", "꽈", "꼬", "ㄲ", ""]),
        ("", [""]),
    ],
)
def test_erasing_takes_one_letter_apart(text, steps):
    for step in steps:
        text = erase(text)
        assert text == step


def test_there_is_a_key_for_every_letter_of_every_name_in_the_demo_store():
    words = [word for name in names() for word in name.split()]
    hangul = [word for word in words if any("가" <= letter <= "힣" for letter in word)]
    assert len(hangul) > 300
    for word in hangul:
        keys = keys_of(word)
        assert {key for key in keys if "ㄱ" <= key <= "ㅣ"} <= PRESSED
        assert written(keys)[-1] == word
        text = word
        for _ in keys:
            text = erase(text)
        assert text == ""


syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(st.text(syllables, min_size=1, max_size=8))
def test_any_word_is_written_by_its_keys_and_erased_by_as_many(word):
    keys = keys_of(word)
    assert set(keys) <= PRESSED
    assert written(keys)[-1] == word
    text = word
    for left in range(len(keys) - 1, -1, -1):
        text = erase(text)
        assert len(keys_of(text)) == left
        assert keys_of(text) == keys[:left]
    assert text == ""


@given(st.text(st.sampled_from(sorted(PRESSED - set("0123456789"))), max_size=20))
def test_whatever_is_pressed_no_key_is_lost(keys):
    text = written(keys)[-1]
    assert keys_of(text) == keys
    assert all("가" <= letter <= "힣" or letter in INITIALS + MEDIALS for letter in text)
    assert len(text) <= len(keys)


def test_the_tables_are_those_of_unicode():
    assert (len(INITIALS), len(MEDIALS), len(FINALS)) == (19, 21, 28)
    assert keys_of("힣") == "ㅎㅣㅎ"
