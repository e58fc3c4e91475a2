import asyncio

import pytest
from starlette.requests import Request

from server.web.forms import (
    FORM_BYTES_MAX,
    FormError,
    csrf_token,
    is_email,
    is_from_our_page,
    read_form,
)

URLENCODED = "application/x-www-form-urlencoded; charset=UTF-8"


def request_of(body: bytes, content_type: str = URLENCODED, **headers: str) -> Request:
    sent = [(b"content-type", content_type.encode())]
    sent += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": sent}, receive)


def test_fields_are_read_as_utf8_and_empty_ones_are_kept():
    fields = asyncio.run(read_form(request_of(b"email=&key=a+b&name=%EC%84%9C")))

    assert fields == {"email": "", "key": "a b", "name": "서"}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=1", "application/json"),
        (b"a=1", "multipart/form-data"),
        (b"a=" + b"x" * FORM_BYTES_MAX, URLENCODED),
        (b"a=1&a=2", URLENCODED),
        (b"a=%ff", URLENCODED),
        ("a=서".encode(), URLENCODED),
        (b"&".join(b"f%d=1" % i for i in range(40)), URLENCODED),
    ],
    ids=["json", "multipart", "long", "twice", "not-utf8", "not-ascii", "many"],
)
def test_what_is_no_form_of_ours_is_refused(body, content_type):
    with pytest.raises(FormError):
        asyncio.run(read_form(request_of(body, content_type)))


def test_the_proof_belongs_to_one_session_and_one_order():
    proof = csrf_token("s" * 43, "order-1")

    assert is_from_our_page(request_of(b""), {"csrf": proof}, "s" * 43, "order-1")
    assert not is_from_our_page(request_of(b""), {"csrf": proof}, "t" * 43, "order-1")
    assert not is_from_our_page(request_of(b""), {"csrf": proof}, "s" * 43, "order-2")
    assert not is_from_our_page(request_of(b""), {}, "s" * 43, "order-1")
    assert not is_from_our_page(request_of(b""), {"csrf": "서" * 9}, "s" * 43, "order-1")


def test_a_browser_that_says_it_comes_from_another_site_is_believed():
    fields = {"csrf": csrf_token("s" * 43, "order-1")}

    for site, ours in (("same-origin", True), ("same-site", False), ("cross-site", False)):
        request = request_of(b"", sec_fetch_site=site)
        assert is_from_our_page(request, fields, "s" * 43, "order-1") is ours


@pytest.mark.parametrize("text", ["a@b.kr", "first.last+tag@mail.example.co.kr", "x_y-z@1.io"])
def test_addresses_that_mail_reaches(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "@b.kr",
        "a@.kr",
        "a@b..kr",
        "a b@c.kr",
        "a@b.kr\nBcc: c@d.kr",
        "a@b.kr\n",
        "a@-b.kr",
        "메일@b.kr",
        "a" * 65 + "@b.kr",
        "a@" + "b." * 130 + "kr",
    ],
)
def test_addresses_that_it_does_not(text):
    assert not is_email(text)
