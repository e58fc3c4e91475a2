"""Files that a person names: read within bounds, written whole or not at all."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from catalog_sync.model.failure import Failure
from store_scenes.feeds.encodings import FEED_BYTES_MAX

Read = TypeVar("Read")

_OWN_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
_OWN_STREAM = re.compile(r"/(?:dev|proc/self)/fd/(\d{1,4})")


def read_named(path: Path, read: Callable[[bytes], Read]) -> Read:
    """What `read` makes of a file's bytes; its failures say which file it was.

    Raises:
        Failure: it cannot be read, or is larger than any feed.
    """
    with opened(path) as file:
        data = file.read(FEED_BYTES_MAX + 1)
    try:
        return read(data)
    except Failure as failure:
        raise Failure(f"{path}: {failure}") from None


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that is there whole in the end, or not at all.

    A link keeps pointing where it does, and what it points to is written. A file that is there
    keeps its mode; a new one has the one that new files have here. A device, a pipe that someone
    reads and the program's own output get the bytes once all of them are known.

    Raises:
        Failure: the folder is missing or cannot be written, or `path` is no file.
    """
    try:
        descriptor = _stream(path)
        if descriptor is None:
            with _replacing(path) as file:
                yield file
            return
        with tempfile.TemporaryFile() as kept, os.fdopen(descriptor, "wb") as out:
            yield cast("BinaryIO", kept)
            kept.seek(0)
            shutil.copyfileobj(kept, out)
    except OSError as error:
        why = error.strerror or str(error)
        raise Failure(f"{path} cannot be written: {why}") from None


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one that `path` names in the end, which takes its place when written."""
    target = Path(os.path.realpath(path))
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _stream(path: Path) -> int | None:
    """A descriptor to write into where `path` is no file that could be replaced; None: it is one.

    Raises:
        Failure: it is neither.
    """
    own = _OWN_STREAM.fullmatch(str(path))
    number = int(own[1]) if own else _OWN_STREAMS.get(str(path))
    if number is not None:
        return os.dup(number)  # opened anew it would begin at the beginning of what it goes to
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISCHR(mode):
        return os.open(path, os.O_WRONLY)
    if stat.S_ISFIFO(mode):
        return _pipe(path)
    raise Failure(f"{path} is {_kind(mode)}, not a file; name another one to write")


def _pipe(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise Failure(f"{path} is a pipe that nothing reads; name a file to write") from None
    os.set_blocking(descriptor, True)
    return descriptor


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, from any place in it.

    Raises:
        Failure: it is not there, cannot be read, or is no file: a pipe would be waited for.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = (
                "name a file in it" if stat.S_ISDIR(mode) else "save what it gives as a file first"
            )
            raise Failure(f"{path} cannot be read: it is {_kind(mode)}; {what}")
        file = path.open("rb")
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from None
    with file:
        try:
            yield file
        except OSError as error:
            raise Failure(f"{path} cannot be read: {error.strerror or error}") from None


def own_output(path: Path) -> bool:
    """Whether writing to `path` is printing, so that nothing else should be printed there."""
    return str(path) in {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def never_over(written: Mapping[str, Path | None], read: Mapping[str, Path | None]) -> None:
    """Look that no file that will be written is one that is read, or another that is written.

    Both are by the name of the option that names them; for devices it does not matter.

    Raises:
        Failure: one of them is.
    """
    known = {name: path for name, path in read.items() if path is not None}
    for name, path in written.items():
        if path is None:
            continue
        other = next((other for other, told in known.items() if _is_same(path, told)), "")
        if other:
            raise Failure(
                f"{name} {path} is also {other}, which would be overwritten; name another file"
            )
        known[name] = path


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) and one.is_file()
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other) and not one.exists()


def _kind(mode: int) -> str:
    for is_of, words in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISBLK, "a disk"),
    ):
        if is_of(mode):
            return words
    return "a device"
