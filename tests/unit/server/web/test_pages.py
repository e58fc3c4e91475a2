import re
from html.parser import HTMLParser

import pytest
from msgspec import structs

from catalog_sync.model.cart import CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from server.storage.contract import OrderLine, OrderRecord
from server.web.pages import Frame, PayForm, notice_page, payment_page, settled_page

LINES = (
    OrderLine("A1", {"ko": "그래놀라", "en": "Granola"}, "Valley", "500 g", 2, Money(8900, "KRW")),
    OrderLine("A2", {"ko": "우유"}, "<Dairy>", "", 1, Money(2980, "KRW")),
)
RECORD = OrderRecord(
    order=Order(
        id="o-1",
        number="K7M4",
        state="pending",
        lines=tuple(CartLine(line.sku, line.quantity, line.unit_price) for line in LINES),
        total=Money(20780, "KRW"),
    ),
    shopper_id="shopper-1",
    lines=LINES,
    created_unix_s=1000,
    expires_unix_s=2800,
    idempotency_key="shopper-1:3",
)
FORM = PayForm("/checkout/o-1", "proof", "key", "a@b", email_wrong=False)


def frame(language="en", sandbox=True):
    locale = {"ko": "ko_KR", "en": "en_US"}[language]
    return Frame("모퉁이 <상점>", language, locale, "/static/c.css", "/static/i.svg", sandbox)


def record_in(state, email=""):
    order = structs.replace(RECORD.order, state=state)
    return structs.replace(RECORD, order=order, contact_email=email)


class _Reader(HTMLParser):
    VOID = frozenset({"meta", "link", "input", "path", "rect"})

    def __init__(self):
        super().__init__()
        self.open, self.text, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(markup):
    reader = _Reader()
    reader.feed(markup)
    assert reader.open == []
    return re.sub(r"\s+", " ", " ".join(reader.text)), reader.tags


def every_page():
    for language in ("ko", "en"):
        yield payment_page(frame(language), RECORD, FORM, 1000)
        for state in ("paid", "cancelled", "expired"):
            yield settled_page(frame(language), record_in(state, "a@b.kr"))
        yield notice_page(frame(language), "heading", "note", ("/checkout/o-1", "order"))


def test_a_pending_order_shows_its_lines_total_and_time_left():
    text, tags = read(payment_page(frame(), RECORD, FORM, 1000))

    assert "3 items" in text
    assert "Granola Valley · 500 g ₩8,900 each ×2 ₩17,800" in text
    assert "우유 <Dairy> ₩2,980 each ×1 ₩2,980" in text
    assert "Total ₩20,780" in text
    assert "Pay ₩20,780" in text
    assert "held for another 30 min" in text
    forms = [attributes for tag, attributes in tags if tag == "form"]
    assert [(form["method"], form["action"]) for form in forms] == [
        ("post", "/checkout/o-1/pay"),
        ("post", "/checkout/o-1/cancel"),
    ]
    hidden = {a["name"]: a["value"] for t, a in tags if t == "input" and a["type"] == "hidden"}
    assert hidden == {"csrf": "proof", "key": "key"}


def test_the_same_page_in_korean():
    text, tags = read(payment_page(frame("ko"), RECORD, FORM, 2741))

    assert tags[0] == ("html", {"lang": "ko"})
    assert "결제 · 모퉁이 <상점>" in text
    assert "그래놀라 Valley · 500 g 개당 ₩8,900 ×2 ₩17,800" in text
    assert "₩20,780 결제하기" in text
    assert "상품을 1분 동안" in text


def test_one_unit_is_one_item():
    line = structs.replace(LINES[0], quantity=1)
    record = structs.replace(RECORD, lines=(line,))

    text, _ = read(payment_page(frame(), record, FORM, 1000))

    assert "1 item " in text


def test_a_refused_address_stays_in_the_field_and_is_said_to_be_wrong():
    form = structs.replace(FORM, email='"><b>', email_wrong=True)

    text, tags = read(payment_page(frame(), RECORD, form, 1000))

    field = next(attributes for tag, attributes in tags if attributes.get("id") == "email")
    assert field["value"] == '"><b>'
    assert field["aria-invalid"] == "true"
    assert "Check the email address" in text


def test_a_paid_order_shows_its_number_and_offers_nothing_to_pay():
    text, tags = read(settled_page(frame(), record_in("paid", "a@b.kr")))

    assert "Payment complete" in text
    assert "Order number K7M4" in text
    assert "a@b.kr is noted on the order." in text
    assert "Total ₩20,780" in text
    assert [tag for tag, _ in tags if tag in {"form", "button"}] == []


@pytest.mark.parametrize("state", ["cancelled", "expired"])
def test_an_order_that_came_to_nothing_says_that_nothing_was_charged(state):
    text, tags = read(settled_page(frame(), record_in(state)))

    assert "Nothing was charged." in text
    assert [tag for tag, _ in tags if tag in {"form", "button"}] == []


def test_a_pending_order_is_not_settled():
    with pytest.raises(ValueError, match="not settled"):
        settled_page(frame(), RECORD)


def test_only_a_provider_without_real_money_is_called_a_sandbox():
    text, _ = read(payment_page(frame(), RECORD, FORM, 1000))
    assert "Sandbox: no real cards" in text

    text, _ = read(payment_page(frame(sandbox=False), RECORD, FORM, 1000))
    assert "Sandbox" not in text


def test_no_page_has_script_or_inline_style_or_names_the_shopper():
    for markup in every_page():
        _, tags = read(markup)
        assert all(tag not in {"script", "style"} for tag, _ in tags)
        assert all(not name.startswith("on") for _, names in tags for name in names)
        assert all("style" not in names for _, names in tags)
        assert "shopper-1" not in markup


def test_a_counted_size_is_said_in_the_readers_language():
    apple = structs.replace(LINES[0], size_text="1 ea")
    record = structs.replace(RECORD, lines=(apple, LINES[1]))
    for language, size in (("ko", "1개"), ("en", "1 ea")):
        assert f"Valley · {size}<" in str(payment_page(frame(language), record, FORM, 1000))
