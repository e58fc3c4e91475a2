"""A whole file kept beside what was imported of it, so that an export gives it back."""

import base64
import zlib

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.exchange.contract import PLANOGRAM_BYTES_MAX


def keep_file(data: bytes, form: str, currency: str = "") -> bytes:
    """A file of the format `form` as `Imported.kept`; `currency` is the one its prices are in."""
    packed = base64.b64encode(zlib.compress(data, 6)).decode()
    told = {"currency": currency} if currency else {}
    return msgspec.json.encode({"format": form, **told, "data": packed})


def kept_currency(kept: bytes) -> str:
    """The currency that an import's prices were read in; empty where it was not kept."""
    try:
        told = msgspec.json.decode(kept, type=dict[str, str]).get("currency", "")
    except ValueError:
        return ""
    return told if len(told) == 3 and told.isascii() and told.isupper() else ""


def kept_file(kept: bytes, form: str) -> bytes:
    """The file that `keep_file` was given; at most `PLANOGRAM_BYTES_MAX` of it.

    Raises:
        Failure: it is of another format, or damaged.
    """
    try:
        tree = msgspec.json.decode(kept, type=dict[str, str])
        if tree.get("format") != form:
            raise Failure("what was kept of the import is of another format")
        unpacker = zlib.decompressobj()
        return unpacker.decompress(base64.b64decode(tree["data"]), PLANOGRAM_BYTES_MAX)
    except (ValueError, KeyError, zlib.error):
        raise Failure(
            "what was kept of the import (exchange/ in the store folder) is damaged; "
            "import the file again, or delete it to export without it"
        ) from None
