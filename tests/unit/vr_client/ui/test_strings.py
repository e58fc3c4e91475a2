import string

import pytest

from vr_client.ui.strings import STRINGS, notice_text, text

# Reasons of catalog_sync.wire.messages.Ack, codes of vr_client.state.reduce and .net.handle.
CODES = [
    "unknown_product",
    "unpriced",
    "out_of_stock",
    "quantity_max",
    "lines_max",
    "cart_changed",
    "empty_cart",
    "checkout_open",
    "unknown_order",
    "not_cancellable",
    "connection_lost",
    "order_cancelled",
    "order_expired",
    "outbox_full",
    "no_browser",
]


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(STRINGS))
def test_every_sentence_is_there_in_both_languages_with_the_same_blanks(key):
    sentences = STRINGS[key]
    assert set(sentences) == {"ko", "en"}
    assert all(sentence.strip() for sentence in sentences.values())
    assert placeholders(sentences["ko"]) == placeholders(sentences["en"])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_code_the_shop_answers_with_is_said_in_words(code, language):
    assert notice_text(code, language) == STRINGS[f"notice.{code}"][language]


def test_a_notice_that_is_a_sentence_already_is_shown_as_it_is():
    assert notice_text("The shop has closed.", "ko") == "The shop has closed."


def test_any_other_language_reads_english():
    assert text("card.add", "fr", price="€2") == "Add €2"
    assert text("card.add", "ko", price="₩2") == "담기 ₩2"


def test_a_code_may_say_what_it_is_about():
    assert notice_text("picture_kept=a=b.png", "en") == "Picture kept: a=b.png"
    assert notice_text("picture_lost=/a", "ko") == "/a에 그림을 저장할 수 없습니다"
    assert notice_text("something=else", "en") == "something=else"
