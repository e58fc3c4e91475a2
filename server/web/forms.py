"""What a browser sends: small urlencoded forms, a CSRF proof, an optional email address."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from server.storage.contract import EMAIL_CHARS_MAX

FORM_BYTES_MAX: Final = 8 * 1024
FORM_FIELDS_MAX: Final = 16

# The HTML standard's own pattern for type=email (§4.10.5.1.5), with at least one dot.
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL: Final = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})+", re.ASCII)


class FormError(ValueError):
    """No form of ours: too long, of another type, or not text."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded body.

    Raises:
        FormError: another content type, more than `FORM_BYTES_MAX`, not UTF-8, a doubled field.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise FormError(f"content type {kind!r}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES_MAX:
            raise FormError(f"more than {FORM_BYTES_MAX} bytes")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=FORM_FIELDS_MAX,
        )
    except ValueError as error:
        raise FormError(str(error)) from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise FormError("a field twice")
    return fields


def csrf_token(session_secret: str, order_id: str) -> str:
    """A proof that only a page made for this very browser session can carry.

    It is keyed by the HttpOnly cookie, which no other site can read, so the server keeps nothing.
    """
    digest = hmac.digest(session_secret.encode(), f"csrf:{order_id}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")


def is_from_our_page(request: Request, fields: dict[str, str], secret: str, order_id: str) -> bool:
    """Whether this POST was sent by our own page in this browser session.

    `Origin` is of no use here: under `Referrer-Policy: no-referrer` browsers send `Origin: null`
    with our own forms too (Fetch standard, "append a request Origin header").
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    proof = fields.get("csrf", "").encode()
    return site == "same-origin" and hmac.compare_digest(
        proof, csrf_token(secret, order_id).encode()
    )


def is_email(text: str) -> bool:
    """Whether `text` can be an address that mail reaches; empty is for the caller to allow."""
    local = text.partition("@")[0]
    return len(text) <= EMAIL_CHARS_MAX and len(local) <= 64 and bool(_EMAIL.fullmatch(text))
