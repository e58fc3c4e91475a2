import pytest

from vr_client.ui.particles import PARTICLES, final_of, with_particles
from vr_client.ui.strings import STRINGS, text


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        # Hangul says it itself
        ("우유", False), ("라면", True), ("달걀", True), ("현미 그래놀라", False),
        # what stands aside, quotes and marks are not read
        ("우유 (락토프리)", False), ("라면 (매운맛)", True), ("‘라면’", True), ("라면!", True),
        ("우유 2+1", True),
        # digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구, and 십, 백, 천 after zeros
        ("우유 0", True), ("콜라 1", True), ("콜라 2", False), ("콜라 3", True), ("콜라 4", False),
        ("콜라 5", False), ("콜라 6", True), ("콜라 7", True), ("콜라 8", True), ("콜라 9", False),
        ("콜라 10", True), ("드립백 100", True),
        # units after a number: 그램, 리터, 밀리리터, 미터, 개
        ("그래놀라 500 g", True), ("쌀 10kg", True), ("우유 1 L", False), ("콜라 500ml", False),
        ("랩 50 m", False), ("사과 1 ea", False), ("주스 100%", False),
        # letters one by one: 엘, 엠, 엔 end in a consonant
        ("비타민 C", False), ("셔츠 XL", True), ("SM", True), ("KGB", False), ("TV", False),
        # words as they are written down in Korean: 밀크, 오렌지, 레몬, 애플, 크림, 팩, 컵, 차일드
        ("Milk", False), ("Orange", False), ("Lemon", True), ("Apple", True), ("Ice Cream", True),
        ("Wine", True), ("Pack", True), ("Cup", True), ("Tea", False), ("Peach", False),
        ("Green Valley", False), ("String", True),
        # 비스킷, 북, 초콜릿; but 프루트, 플레이트, 샐러드, 수프
        ("Biscuit", True), ("Book", True), ("Cookbook", True), ("Chocolate", True),
        ("Fruit", False), ("Plate", False), ("Salad", False), ("Soup", False),
        ("", False), ("?!", False), ("日本", False),
    ],
)  # fmt: skip
def test_whether_words_end_in_a_consonant_when_read_aloud(words, closed):
    assert (final_of(words) != 0) is closed


@pytest.mark.parametrize(
    ("both", "vowel", "consonant", "rieul"),
    [
        ("와(과)", "우유와", "라면과", "달걀과"),
        ("을(를)", "우유를", "라면을", "달걀을"),
        ("이(가)", "우유가", "라면이", "달걀이"),
        ("은(는)", "우유는", "라면은", "달걀은"),
        ("(으)로", "우유로", "라면으로", "달걀로"),
    ],
)
def test_each_particle_in_its_two_forms(both, vowel, consonant, rieul):
    for what, said in (("우유", vowel), ("라면", consonant), ("달걀", rieul)):
        assert with_particles(f"{{what}}{both} 봅니다", {"what": what}).format(what=what) == (
            f"{said} 봅니다"
        )


@pytest.mark.parametrize("what", ["Biscuit", "Book", "Chocolate"])
def test_a_short_vowel_before_a_stop_in_a_sentence(what):
    assert text("notice.compare_choose", "ko", what=what) == f"{what}과 비교할 상품을 고르세요"


def test_a_quote_may_stand_between_and_what_fills_the_blank_is_left_alone():
    values = {"what": "{이(가)} 라면"}
    assert with_particles("'{what}'을(를) {other}", values) == "'{what}'을 {other}"


def test_the_sentence_to_choose_a_second_product_reads_as_korean():
    assert (
        text("notice.compare_choose", "ko", what="신선우유") == "신선우유와 비교할 상품을 고르세요"
    )
    assert text("notice.compare_choose", "ko", what="라면") == "라면과 비교할 상품을 고르세요"
    assert text("notice.compare_choose", "en", what="Milk") == (
        "Choose a product to compare with Milk"
    )


def test_no_sentence_keeps_both_forms():
    for key, sentences in STRINGS.items():
        said = with_particles(sentences["ko"], {})
        assert not any(both in said for both in PARTICLES), key


def test_the_words_for_skipping_and_for_hopping_are_not_the_same():
    skip = STRINGS["tutorial.skip"]["ko"]
    assert all(skip not in STRINGS[key]["ko"] for key in ("settings.hop", "help.hop"))
