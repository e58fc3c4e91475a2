"""The pages' words, in Korean and English, and which of the two a browser should get."""

from typing import Final, Literal

import msgspec

Language = Literal["ko", "en"]

ACCEPT_LANGUAGE_CHARS_MAX: Final = 1000


class Words(msgspec.Struct, frozen=True):
    """Every sentence of the checkout pages in one language. `{}` stands for a value."""

    checkout: str
    step_cart: str
    step_pay: str
    step_done: str
    steps: str
    sandbox: str
    sandbox_note: str
    order: str
    order_number: str
    item: str
    items: str
    each: str
    total: str
    contact: str
    email: str
    optional: str
    email_hint: str
    email_wrong: str
    pay: str
    cancel: str
    held: str
    paid: str
    paid_note: str
    paid_receipt: str
    cancelled: str
    cancelled_note: str
    expired: str
    expired_note: str
    link_used: str
    link_used_note: str
    not_found: str
    not_found_note: str
    form_old: str
    form_old_note: str
    key_reused: str
    key_reused_note: str
    to_order: str


_KOREAN = Words(
    checkout="결제",
    step_cart="장바구니",
    step_pay="결제",
    step_done="완료",
    steps="진행 단계",
    sandbox="체험용 결제: 실제 카드 없음",
    sandbox_note="청구되는 금액이 없습니다.",
    order="주문 내역",
    order_number="주문 번호",
    item="1개 상품",
    items="{}개 상품",
    each="개당 {}",
    total="결제 금액",
    contact="연락처",
    email="이메일",
    optional="선택",
    email_hint="주문 확인용으로만 사용합니다.",
    email_wrong="이메일 주소를 확인해 주세요. 예: name@example.com",
    pay="{} 결제하기",
    cancel="취소",
    held="상품을 {}분 동안 맡아 두었습니다.",
    paid="결제가 완료되었습니다",
    paid_note="매장 화면에도 결제 완료가 표시됩니다. 이 창은 닫아도 됩니다.",
    paid_receipt="{} 주소를 주문에 남겼습니다.",
    cancelled="결제를 취소했습니다",
    cancelled_note="결제된 금액은 없습니다. 장바구니는 매장에 그대로 있습니다.",
    expired="결제 시간이 지났습니다",
    expired_note="결제된 금액은 없습니다. 매장에서 결제를 다시 시작해 주세요.",
    link_used="이미 사용했거나 만료된 링크입니다",
    link_used_note="링크는 한 번만 열 수 있습니다. 매장에서 결제를 다시 눌러 새 QR을 받아 주세요.",
    not_found="주문을 찾을 수 없습니다",
    not_found_note="결제를 시작한 브라우저에서 열거나, 매장에서 새 QR을 받아 주세요.",
    form_old="다시 시도해 주세요",
    form_old_note="확인되지 않은 요청이라 처리하지 않았습니다. 결제된 금액은 없습니다.",
    key_reused="이미 보낸 요청입니다",
    key_reused_note="같은 요청이 다른 내용으로 다시 왔습니다. 두 번 결제되지 않았습니다.",
    to_order="주문 보기",
)

_ENGLISH = Words(
    checkout="Checkout",
    step_cart="Cart",
    step_pay="Payment",
    step_done="Done",
    steps="Progress",
    sandbox="Sandbox: no real cards",
    sandbox_note="Nothing is charged.",
    order="Your order",
    order_number="Order number",
    item="1 item",
    items="{} items",
    each="{} each",
    total="Total",
    contact="Contact",
    email="Email",
    optional="optional",
    email_hint="Only used to confirm this order.",
    email_wrong="Check the email address, for example name@example.com",
    pay="Pay {}",
    cancel="Cancel",
    held="Your items are held for another {} min.",
    paid="Payment complete",
    paid_note="The shop shows your order as paid too. You can close this page.",
    paid_receipt="{} is noted on the order.",
    cancelled="Payment cancelled",
    cancelled_note="Nothing was charged. Your cart is still in the shop.",
    expired="This checkout has run out",
    expired_note="Nothing was charged. Start the checkout again in the shop.",
    link_used="This link was already used or has run out",
    link_used_note=(
        "A payment link opens once. Press checkout again in the shop to get a new QR code."
    ),
    not_found="There is no such order here",
    not_found_note="Open it in the browser you started with, or get a new QR code in the shop.",
    form_old="Please try again",
    form_old_note="The request could not be verified, so nothing was done. Nothing was charged.",
    key_reused="This form was already sent",
    key_reused_note="It came again with other contents. You were not charged twice.",
    to_order="See the order",
)

WORDS: Final[dict[Language, Words]] = {"ko": _KOREAN, "en": _ENGLISH}

_REGIONS: Final[dict[Language, str]] = {"ko": "ko_KR", "en": "en_US"}


def language_of(accept_language: str, store_locale: str) -> Language:
    """The language a browser likes best of those we have, else the store's (RFC 9110 §12.5.4)."""
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accept_language[:ACCEPT_LANGUAGE_CHARS_MAX].split(",")):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        wanted = tag.strip().lower().split("-")[0]
        ranked.extend((-weight, place, known) for known in WORDS if weight > 0 and wanted == known)
    return min(ranked)[2] if ranked else _store_language(store_locale)


def locale_of(language: Language, store_locale: str) -> str:
    """The locale that amounts are written in: the store's own where it speaks `language`."""
    store = store_locale.replace("-", "_")
    return store if store.split("_")[0].lower() == language else _REGIONS[language]


def _store_language(store_locale: str) -> Language:
    return "ko" if store_locale.lower().startswith("ko") else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
