import itertools

import pytest

from vr_client.ui.spelling import SPELLINGS, VARIANTS_MAX, Mending, is_near, respelled


def slips(word, letters="abx"):
    """Every word that is one slip away."""
    for at in range(len(word) + 1):
        for letter in letters:
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def test_one_slip_is_near_in_both_directions_and_two_are_not():
    words = ["".join(word) for n in range(5) for word in itertools.product("ab", repeat=n)]
    for one in words:
        near = {*slips(one)}
        for other in words:
            assert is_near(one, other) is is_near(other, one) is (other in near or other == one)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("milk", "mlik", True), ("milk", "milks", True), ("ramen", "ramyeon", False)],
)  # fmt: skip
def test_examples(one, other, near):
    assert is_near(one, other) is near


def test_each_spelling_leads_to_all_others_of_its_food_and_to_no_other_food():
    words = [word for group in SPELLINGS for word in group]
    assert len(words) == len(set(words))
    for group in SPELLINGS:
        for word in group:
            assert {word, *respelled(word)} == set(group)
            assert word == word.casefold()
    assert respelled("cold ramen") == ("cold 라면", "cold ramyeon", "cold ramyun")
    assert respelled("milk") == respelled("") == ()
    assert len(respelled("kimchi ramen tofu")) < VARIANTS_MAX


def test_a_mending_ends_and_knows_what_it_need_not_mend():
    mending = Mending("fresh mlik", ["fresh milk 500 ml", "fresh melk"])
    said = mending.turn()
    assert mending.done
    assert said == ("fresh milk",)
    assert Mending("12 ab", ["12 abc"]).done
