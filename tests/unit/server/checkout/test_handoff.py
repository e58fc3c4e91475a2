import hashlib

from server.checkout.handoff import (
    SECRET_CHARS,
    fresh_handoff,
    fresh_secret,
    handoff_url,
    is_secret,
    secret_sha256,
)


def test_a_token_is_256_bits_and_only_its_digest_is_for_keeping():
    handoff = fresh_handoff()

    assert len(handoff.token) == SECRET_CHARS
    assert is_secret(handoff.token)
    assert handoff.sha256 == hashlib.sha256(handoff.token.encode()).hexdigest()
    assert handoff.sha256 == secret_sha256(handoff.token)


def test_no_two_secrets_are_alike():
    assert len({fresh_secret() for _ in range(1000)}) == 1000


def test_what_cannot_be_a_secret_is_never_looked_up():
    for text in ("", "a" * 42, "a" * 44, "a" * 42 + "/", "a" * 42 + "\n", "서" * 43, "٣" * 43):
        assert not is_secret(text), text


def test_the_qr_says_the_public_address():
    assert handoff_url("https://shop.example", "abc") == "https://shop.example/pay/abc"
