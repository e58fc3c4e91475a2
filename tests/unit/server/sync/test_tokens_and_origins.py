import pytest

from server.storage.inspect import shopper_id_of
from server.sync.origin import allowed_origins, may_open
from server.sync.tokens import issue, verified_shopper

SECRET = bytes(range(32))


def test_a_token_names_its_shopper_and_proves_it():
    token = issue(SECRET, "mia", 1_700_000_000)
    # The mark was computed apart, with openssl's HMAC over the text before the last dot.
    assert token == "v1.mia.1700000000.kvMQUJrcKR_cyKuidQ1pm9Kh80tZ72r1HUdkSi0AYXM"
    assert verified_shopper(SECRET, token) == "mia"
    assert shopper_id_of(token) == "mia"


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token.replace("mia", "ben"),
        lambda token: token.replace("v1", "v2"),
        lambda token: token.replace("1700000000", "1700000001"),
        lambda token: token[:-1],
        lambda token: token + "=",
        lambda token: token.rpartition(".")[0],
        lambda token: token.rpartition(".")[0] + ".",
        lambda _: "",
        lambda _: "....",
        lambda _: "v1.mia.1.한글",
        lambda _: "\ud800.\ud800",
        lambda _: issue(bytes(32), "mia", 1_700_000_000),
    ],
)
def test_any_other_text_proves_nothing(forge):
    assert verified_shopper(SECRET, forge(issue(SECRET, "mia", 1_700_000_000))) is None


def test_our_pages_are_the_public_ones_and_those_of_this_machine():
    allowed = allowed_origins("https://Shop.example/", 8765)
    assert allowed == {
        "https://shop.example",
        "http://127.0.0.1:8765",
        "http://localhost:8765",
        "http://[::1]:8765",
    }
    assert may_open([], allowed)
    assert may_open(["https://shop.example"], allowed)
    assert may_open(["HTTPS://SHOP.EXAMPLE"], allowed)
    for origin in ("null", "", "https://shop.example.evil", "http://127.0.0.1", "file://"):
        assert not may_open([origin], allowed)
    assert not may_open(["https://shop.example", "https://evil.example"], allowed)
