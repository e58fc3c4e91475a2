"""Shopper tokens: `v1.<shopper>.<issued>.<HMAC-SHA256 of the three, base64url>`.

A token is the whole proof of being a shopper, so it is never logged and never in an address.
"""

import base64
import hashlib
import hmac

VERSION = "v1"


def issue(secret: bytes, shopper_id: str, issued_unix_s: int) -> str:
    """The token of `shopper_id`."""
    body = f"{VERSION}.{shopper_id}.{issued_unix_s}"
    return f"{body}.{_mark(secret, body)}"


def verified_shopper(secret: bytes, token: str) -> str | None:
    """The shopper whose genuine token this is; None for any other text."""
    body, _, mark = token.rpartition(".")
    # Bytes, because compare_digest refuses text beyond ASCII.
    if not hmac.compare_digest(mark.encode(errors="replace"), _mark(secret, body).encode()):
        return None
    version, _, rest = body.partition(".")
    shopper_id, _, issued = rest.partition(".")
    return shopper_id if version == VERSION and issued.isdecimal() and shopper_id else None


def _mark(secret: bytes, body: str) -> str:
    digest = hmac.digest(secret, body.encode(errors="replace"), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
