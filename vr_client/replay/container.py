"""The file: a header, then one zstd stream of records. Knows nothing of what they say.

    magic (8 bytes), schema (u16), length (u32), header
    zstd frames, each with a checksum, of records: kind (1 byte), length (u64), payload

Each zstd frame is whole when the disk has it, so whatever ends the client leaves a file that can
be read as far as it goes. Everything is little-endian.
"""

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, Literal, Self, cast

import zstandard

from catalog_sync.model.failure import Failure
from vr_client.replay.limits import (
    ARRAY_BYTES_MAX,
    FILE_BYTES_MAX,
    HEADER_BYTES_MAX,
    PICTURE_BYTES_MAX,
    RECORD_BYTES_MAX,
    SCHEMA,
    UNPACKED_BYTES_MAX,
    WINDOW_BYTES_MAX,
)

MAGIC: Final = b"\x8eEndcap\n"
_PREFIX: Final = struct.Struct("<8sHI")
_RECORD: Final = struct.Struct("<cQ")

Kind = Literal[b"F", b"P", b"A", b"E"]
"""A frame, a picture that frames name, an array of the next frame's scene; the recording's end."""

BYTES_MAX: Final[dict[bytes, int]] = {
    b"F": RECORD_BYTES_MAX,
    b"P": PICTURE_BYTES_MAX,
    b"A": ARRAY_BYTES_MAX,
    b"E": RECORD_BYTES_MAX,
}

STEP_BYTES: Final = 1024**2
ZEROS_MAX: Final = 64
"""No recording ends in more zeros: a disk that lost its power leaves them where nothing came."""

SMALL_BYTES: Final = 64 * 1024
"""Records are packed together up to this: every call of the packer lets go of the interpreter and
has to ask for it again.
"""

LEVEL: Final = 3


class DamagedError(Exception):
    """The file is not what a recorder wrote; the text says what is wrong with it."""


class FullError(Exception):
    """The recording has reached its greatest size."""


class Writer:
    """Writes one file from one thread."""

    def __init__(self, file: IO[bytes], header: bytes) -> None:
        """`file` is unbuffered.

        Raises:
            OSError: the disk is full.
        """
        if len(header) > HEADER_BYTES_MAX:
            raise FullError("the header is too large")
        self._file = file
        self._stream: zstandard.ZstdCompressionObj | None = None
        self._small = bytearray()
        self.file_bytes = self._unpacked_bytes = 0
        self._out(_PREFIX.pack(MAGIC, SCHEMA, len(header)) + header)

    def write(self, kind: Kind, payload: bytes | memoryview) -> None:
        """One record; it reaches the disk with the next `flush` at the latest.

        Raises:
            FullError: it, or the file, is larger than any reader takes.
            OSError: the disk is full.
        """
        view = memoryview(payload).cast("B")
        self._unpacked_bytes += len(view) + _RECORD.size
        if len(view) > BYTES_MAX[kind] or self._unpacked_bytes > UNPACKED_BYTES_MAX:
            raise FullError(f"{len(view)} bytes at once, {self._unpacked_bytes} in all")
        self._small += _RECORD.pack(kind, len(view))
        if len(view) <= SMALL_BYTES:
            self._small += view
        if len(self._small) > SMALL_BYTES or len(view) > SMALL_BYTES:
            self._pack_small()
        if len(view) > SMALL_BYTES:
            for first in range(0, len(view), STEP_BYTES):
                self._pack(view[first : first + STEP_BYTES])

    def flush(self) -> None:
        """End the zstd frame: what was written can be read from now on."""
        self._pack_small()
        if self._stream is not None:
            self._out(self._stream.flush())
            self._stream = None

    def _pack_small(self) -> None:
        small, self._small = self._small, bytearray()
        if small:
            self._pack(small)

    def _pack(self, data: bytes | bytearray | memoryview) -> None:
        if self._stream is None:
            self._stream = zstandard.ZstdCompressor(LEVEL, write_checksum=True).compressobj()
        self._out(self._stream.compress(data))

    def _out(self, data: bytes) -> None:
        self.file_bytes += len(data)
        if self.file_bytes > FILE_BYTES_MAX:
            raise FullError(f"{self.file_bytes} bytes")
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]


class Reader:
    """Reads one file from its beginning. `done_bytes` of `file_bytes` are read so far."""

    def __init__(self, path: Path) -> None:
        """Read the header.

        Raises:
            Failure: the file cannot be read, is no recording, or of a newer version.
        """
        self._path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise Failure(
                f"Cannot read {path}: {error.strerror or error}; choose a file that "
                "`endcap shop --record` wrote."
            ) from error
        try:
            self.file_bytes = path.stat().st_size
            self.schema = 0
            self.header = self._read_header()
            self._tear = _end_without_zeros(self._file, self.file_bytes)
        except OSError as error:
            self._file.close()
            raise Failure(f"Cannot read {path}: {error.strerror or error}.") from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def done_bytes(self) -> int:
        """How much of the file was read."""
        with contextlib.suppress(ValueError):  # closed
            return self._file.tell()
        return self.file_bytes

    def records(self) -> Iterator[tuple[bytes, bytearray]]:
        """Every whole record, (kind, payload); a file that is cut short just ends.

        Raises:
            DamagedError: it is not what a recorder wrote.
        """
        unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES_MAX)
        total = 0
        try:
            with unpacker.stream_reader(
                cast("IO[bytes]", _UpTo(self._file, self._tear)),
                read_across_frames=True,
                closefd=False,
            ) as stream:
                while len(head := read_up_to(stream, _RECORD.size)) == _RECORD.size:
                    kind, size = _RECORD.unpack(head)
                    if size > BYTES_MAX.get(kind, -1):
                        raise DamagedError("a record in it cannot be one")
                    total += size + _RECORD.size
                    if total > UNPACKED_BYTES_MAX:
                        raise DamagedError("it unpacks to more than any recording")
                    payload = read_up_to(stream, size)
                    if len(payload) < size:
                        return
                    yield kind, payload
        except zstandard.ZstdError as error:
            raise DamagedError(f"its data cannot be unpacked ({error})") from error
        except OSError as error:
            raise Failure(f"Cannot read {self._path}: {error.strerror or error}.") from error

    def _read_header(self) -> bytes:
        if self.file_bytes > FILE_BYTES_MAX:
            raise Failure(
                f"{self._path} is larger than any recording ({FILE_BYTES_MAX >> 30} GiB): "
                "choose a file that `endcap shop --record` wrote."
            )
        prefix = self._file.read(_PREFIX.size)
        if prefix[: len(MAGIC)] != MAGIC[: len(prefix)] or not prefix:
            raise Failure(
                f"{self._path} is not a recording: choose a file that `endcap shop --record` wrote."
            )
        if len(prefix) < _PREFIX.size:
            raise Failure(f"{self._path} is cut short in its header: nothing of it can be shown.")
        _, schema, size = _PREFIX.unpack(prefix)
        if schema > SCHEMA:
            raise Failure(
                f"{self._path} was recorded by a newer Endcap (schema {schema}, this one reads "
                f"up to {SCHEMA}): update Endcap."
            )
        if schema < 1 or size > HEADER_BYTES_MAX:
            raise Failure(f"{self._path} is damaged (its header cannot be one): record it again.")
        self.schema = schema
        header = self._file.read(size)
        if len(header) < size:
            raise Failure(f"{self._path} is cut short in its header: nothing of it can be shown.")
        return header


class _UpTo:
    """A file that ends before its end."""

    def __init__(self, file: IO[bytes], end: int) -> None:
        self._file, self._end = file, end

    def read(self, size: int) -> bytes:
        """At most so much, and nothing from the end on."""
        return self._file.read(max(0, min(size, self._end - self._file.tell())))


def _end_without_zeros(file: IO[bytes], size: int) -> int:
    """Where a file ends, or where zeros begin that no recording ends in; stays where it is."""
    here = file.tell()
    end = size
    while end > here:
        first = max(here, end - STEP_BYTES)
        file.seek(first)
        kept = len(file.read(end - first).rstrip(b"\0"))
        end = first + kept
        if kept:
            break
    file.seek(here)
    return end if size - end > ZEROS_MAX else size


def read_up_to(stream: zstandard.ZstdDecompressionReader, size: int) -> bytearray:
    """`size` bytes, or fewer at the end; memory grows with what comes, not with what is claimed."""
    data = bytearray()
    while len(data) < size:
        piece = stream.read(min(STEP_BYTES, size - len(data)))
        if not piece:
            break
        data += piece
    return data
