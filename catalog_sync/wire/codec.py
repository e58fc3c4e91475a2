"""Messages to bytes and back. A message that does not fit its definition is refused whole."""

import msgspec
import zstandard

from catalog_sync.wire.limits import MESSAGE_BYTES_MAX_TO_CLIENT, MESSAGE_BYTES_MAX_TO_SERVER
from catalog_sync.wire.messages import ClientMessage, ServerMessage


class WireError(ValueError):
    """Bytes that are no message of ours: too long, malformed, or with an unknown field."""


UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)
"""What msgspec raises for hostile bytes; skipping an unknown deep value ends in RecursionError."""

_encoder = msgspec.msgpack.Encoder()
_client_decoder: msgspec.msgpack.Decoder[ClientMessage] = msgspec.msgpack.Decoder(ClientMessage)
_server_decoder: msgspec.msgpack.Decoder[ServerMessage] = msgspec.msgpack.Decoder(ServerMessage)


def encode(message: ClientMessage | ServerMessage) -> bytes:
    """One message as MessagePack."""
    return _encoder.encode(message)


def decode_client(data: bytes) -> ClientMessage:
    """A message that a client sent.

    Raises:
        WireError: longer than allowed, malformed, or with a field the server does not know.
    """
    if len(data) > MESSAGE_BYTES_MAX_TO_SERVER:
        raise WireError(f"message of {len(data)} bytes; at most {MESSAGE_BYTES_MAX_TO_SERVER}")
    try:
        return _client_decoder.decode(data)
    except UNREADABLE as error:
        raise WireError(str(error)) from error


def decode_server(data: bytes) -> ServerMessage:
    """A message that the server sent.

    Raises:
        WireError: longer than allowed or malformed.
    """
    if len(data) > MESSAGE_BYTES_MAX_TO_CLIENT:
        raise WireError(f"message of {len(data)} bytes; at most {MESSAGE_BYTES_MAX_TO_CLIENT}")
    try:
        return _server_decoder.decode(data)
    except UNREADABLE as error:
        raise WireError(str(error)) from error


def compress(data: bytes) -> bytes:
    """zstd, level 3: encoded once and shared by all joiners."""
    return zstandard.ZstdCompressor(level=3).compress(data)


def decompress(data: bytes, limit_bytes: int) -> bytes:
    """Undo `compress`, refusing anything that would grow beyond `limit_bytes`.

    Raises:
        WireError: damaged, or larger than the limit.
    """
    try:
        parameters = zstandard.get_frame_parameters(data)
        if parameters.content_size > limit_bytes:  # unknown sizes read as a huge number
            raise WireError(f"compressed body claims more than {limit_bytes} bytes")
        return zstandard.ZstdDecompressor().decompress(
            data, max_output_size=limit_bytes, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise WireError(f"damaged compressed body: {error}") from error
