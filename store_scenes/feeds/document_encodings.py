"""What an XML document, a page or a JSON text is in: as its bytes prove, or as it says itself."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from catalog_sync.model.failure import Failure
from store_scenes.feeds.encodings import Told, find_encoding, known_codec

DECLARED_BYTES = 4096

_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
# <meta charset="euc-kr">, and <meta http-equiv="Content-Type" content="text/html; charset=euc-kr">
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """`codec` to read it with, empty where its own parser knows best; `name` for people.

    `guessed`: nothing says what it is in. `contradicts` is what it says it is in and is not.
    """

    codec: str
    name: str
    guessed: bool = False
    contradicts: str = ""


def document_encoding(file: BinaryIO, wanted: str = "") -> Document:
    """Look through a document; `file` is at its beginning afterwards.

    `wanted` is what a person says. Text that is UTF-8 from end to end and not plain ASCII is
    UTF-8, whatever it says: browsers write the pages that they save anew and leave the head as it
    was.

    Raises:
        Failure: larger than any feed, or in no known encoding.
    """
    file.seek(0)
    head = file.read(DECLARED_BYTES)
    file.seek(0)
    found = _XML.search(head) or _META.search(head)
    declared = found[1].decode("ascii") if found else ""
    codec = known_codec(declared) if declared else ""
    if wanted:
        wished = find_encoding(file, wanted)
        return Document(wished.codec, wished.name)
    told: Told | None = None
    try:
        told = find_encoding(file)
    except Failure:
        if not codec:
            raise
    if told is not None and told.codec == "utf-8-sig":
        return _of_utf8(file, declared, codec)
    if told is not None and told.name.startswith("UTF-"):
        return Document(told.codec, told.name)
    if codec and codec != "utf-8-sig":
        try:
            find_encoding(file, declared)
        except Failure:
            codec = ""
        else:
            return Document(codec, f"{declared}, as it says itself")
    if told is None:
        raise Failure(f"the document says that it is in {declared} and is not; say --encoding")
    return Document(told.codec, told.name, guessed=True, contradicts=declared)


def _of_utf8(file: BinaryIO, declared: str, codec: str) -> Document:
    """Plain ASCII is also whatever the document says; its parser may know better than we do."""
    if codec in {"", "utf-8-sig"}:
        return Document("", "UTF-8")
    if _is_ascii(file):
        return Document("", "UTF-8")
    return Document("utf-8-sig", "UTF-8", contradicts=declared)


def _is_ascii(file: BinaryIO) -> bool:
    try:
        while data := file.read(1 << 20):
            if not data.isascii():
                return False
        return True
    finally:
        file.seek(0)
