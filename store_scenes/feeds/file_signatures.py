"""What a file is that is no text: told by its first bytes, with what to do about it."""

from catalog_sync.model.failure import Failure

HEAD_BYTES = 4096

# https://en.wikipedia.org/wiki/List_of_file_signatures; of each what people take for a feed.
_ZIP = b"PK\x03\x04"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet (.xls): save it as 'CSV UTF-8' first"),
    (b"\x1f\x8b", "compressed (.gz): unpack it first, as in gunzip"),
    (b"BZh", "compressed (.bz2): unpack it first"),
    (b"\xfd7zXZ\x00", "compressed (.xz): unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed (.zst): unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (.7z): unpack it first"),
    (b"Rar!\x1a\x07", "an archive (.rar): unpack it first"),
    (b"%PDF-", "a PDF: a feed is a table or a document for programs; export it again as one"),
    (b"SQLite format 3\x00", "a database (SQLite): export the table as CSV first"),
    (b"PAR1", "a Parquet table: export it as CSV first"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"glTF", "a 3D model (GLB)"),
)


def refuse_signature(head: bytes) -> None:
    """Look that a file's beginning may be text.

    Raises:
        Failure: it is something else that is known by its first bytes.
    """
    if head.startswith(_ZIP):
        raise Failure(f"this is {_of_zip(head)}")
    known = next((words for begin, words in _SIGNATURES if head.startswith(begin)), "")
    if known:
        raise Failure(f"this is {known}")


def _of_zip(head: bytes) -> str:
    if b"[Content_Types].xml" in head or b"xl/" in head:
        return "a spreadsheet (.xlsx): save it as 'CSV UTF-8' first"
    if b"opendocument.spreadsheet" in head:
        return "a spreadsheet (.ods): save it as 'CSV UTF-8' first"
    return "a zip archive or a spreadsheet (.xlsx): unpack it, or save it as 'CSV UTF-8', first"
