"""Hand-off tokens: the secret in a QR code that carries one order from headset to phone, once."""

import hashlib
import re
import secrets
from typing import Final

import msgspec

SECRET_BYTES: Final = 32
SECRET_CHARS: Final = 43  # of base64url without padding
PAY_PATH: Final = "/pay/"

_SECRET: Final = re.compile(rf"[A-Za-z0-9_-]{{{SECRET_CHARS}}}", re.ASCII)


class Handoff(msgspec.Struct, frozen=True):
    """A fresh token and the only thing that is ever stored of it."""

    token: str
    sha256: str


def fresh_secret() -> str:
    """256 random bits as base64url: a token, a cookie, a form's key."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fresh_handoff() -> Handoff:
    """A token and its digest."""
    token = fresh_secret()
    return Handoff(token, secret_sha256(token))


def handoff_url(public_url: str, token: str) -> str:
    """What the QR code says; `public_url` is without a trailing slash."""
    return f"{public_url}{PAY_PATH}{token}"


def secret_sha256(secret: str) -> str:
    """What is stored of a token or a browser session: SHA-256, 64 hex digits.

    No salt and no slow hash: 256 random bits cannot be guessed from their digest.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret(text: str) -> bool:
    """Whether `text` can be one of our secrets, before anything is looked up."""
    return len(text) == SECRET_CHARS and all(
        c.isascii() and (c.isalnum() or c in "-_") for c in text
    )
