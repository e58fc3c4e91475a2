"""Messages to bytes and back; what does not fit is refused whole."""

import msgspec
import pytest
import zstandard

from catalog_sync.wire.codec import (
    WireError,
    compress,
    decode_client,
    decode_server,
    decompress,
    encode,
)
from catalog_sync.wire.limits import (
    AISLES_PER_SUBSCRIBE_MAX,
    ID_CHARS_MAX,
    MESSAGE_BYTES_MAX_TO_CLIENT,
    MESSAGE_BYTES_MAX_TO_SERVER,
    SKU_CHARS_MAX,
    TOKEN_CHARS_MAX,
)
from catalog_sync.wire.messages import AddItem, BeginCheckout, Hello, Op, Subscribe


def packed(**fields):
    return msgspec.msgpack.encode(fields)


def test_an_op_round_trips():
    op = Op("i1", AddItem("tea", -2))
    assert decode_client(encode(op)) == op


def test_a_price_sent_by_a_client_is_refused():
    action = {"k": "add", "sku": "tea", "quantity": 1, "price": 1}
    with pytest.raises(WireError, match="unknown field `price`"):
        decode_client(packed(t="op", id="i1", action=action))
    with pytest.raises(WireError, match="unknown field `total`"):
        decode_client(packed(t="op", id="i1", action={"k": "checkout", "cart_version": 1}, total=0))


@pytest.mark.parametrize(
    "message",
    [
        Hello("t" * (TOKEN_CHARS_MAX + 1), 1, "c"),
        Hello("", 1, "c" * (ID_CHARS_MAX + 1)),
        Hello("", 1, "c", offset=-1),
        Hello("", 1, "c", cart_version=-1),
        Subscribe(("a",) * (AISLES_PER_SUBSCRIBE_MAX + 1)),
        Subscribe(("",)),
        Op("", AddItem("tea", 1)),
        Op("i" * (ID_CHARS_MAX + 1), AddItem("tea", 1)),
        Op("i", AddItem("", 1)),
        Op("i", AddItem("s" * (SKU_CHARS_MAX + 1), 1)),
        Op("i", BeginCheckout(-1)),
    ],
)
def test_what_a_client_says_is_bounded(message):
    with pytest.raises(WireError):
        decode_client(encode(message))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc0",
        b"\xc1",
        b"\x80",
        packed(t="nonsense"),
        packed(t="op"),
        packed(t="op", id=1, action={}),
        packed(t="hello", token=None, proto=1, client="c"),
        packed(t="hello", token="", proto="1", client="c"),
        packed(t="hello", token="", proto=True, client="c"),
        b"\x82\xa1t\xa5hello\xa5token\xa2\xff\xfe",  # not UTF-8
        b"\x82\xa1t\xa9subscribe\xa6aisles\xdd\xff\xff\xff\xff",  # claims 4 G elements
        b"\x82\xa1t\xa5hello\xa5token\xdb\xff\xff\xff\xff",  # claims 4 GiB
        b"\xdf\xff\xff\xff\xff",
        b"\x82\xa1a" + b"\x91" * 15_000 + b"\xc0" + b"\xa1t\xa5hello",  # deep, before the tag
        encode(Op("i", AddItem("tea", 1))) + b"\x00",
    ],
)
def test_hostile_bytes_end_in_a_wire_error(data):
    with pytest.raises(WireError):
        decode_client(data)
    with pytest.raises(WireError):
        decode_server(data)


def test_a_message_longer_than_allowed_is_not_even_read():
    with pytest.raises(WireError, match=f"at most {MESSAGE_BYTES_MAX_TO_SERVER}"):
        decode_client(bytes(MESSAGE_BYTES_MAX_TO_SERVER + 1))
    with pytest.raises(WireError, match=f"at most {MESSAGE_BYTES_MAX_TO_CLIENT}"):
        decode_server(bytes(MESSAGE_BYTES_MAX_TO_CLIENT + 1))


def test_compressed_bodies_round_trip_to_the_byte_of_the_limit():
    data = bytes(range(256)) * 40
    assert decompress(compress(data), len(data)) == data
    assert decompress(compress(b""), 0) == b""
    with pytest.raises(WireError, match="claims more than"):
        decompress(compress(data), len(data) - 1)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = compress(bytes(512 * 1024 * 1024))
    assert len(bomb) < 64 * 1024
    with pytest.raises(WireError, match="claims more than 1000 bytes"):
        decompress(bomb, 1000)


def test_a_body_that_hides_its_size_or_lies_about_it_is_refused():
    data = bytes(100_000)
    hidden = zstandard.ZstdCompressor(write_content_size=False).compress(data)
    with pytest.raises(WireError, match="claims more than"):
        decompress(hidden, 1_000_000)
    honest = bytearray(compress(data))
    place = honest.index((100_000 - 0).to_bytes(4, "little"))
    honest[place : place + 4] = (50).to_bytes(4, "little")
    with pytest.raises(WireError):
        decompress(bytes(honest), 1000)


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", compress(b"x" * 99)[:-3], compress(b"a") + compress(b"b"), b"\x28\xb5\x2f\xfd"],
)
def test_a_damaged_body_is_a_wire_error(data):
    with pytest.raises(WireError):
        decompress(data, 1000)
