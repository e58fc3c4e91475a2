"""Files that a person names: read within bounds, written whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from catalog_sync.model.failure import Failure
from store_scenes.feeds.encodings import FEED_BYTES_MAX

Read = TypeVar("Read")


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

    Raises:
        Failure: the folder is missing or cannot be written.
    """
    name = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.absolute().parent, prefix=".", delete=False
        ) as file:
            name = Path(file.name)
            yield cast("BinaryIO", file.file)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file private; a catalogue is as readable as its neighbours.
        name.chmod(0o644)
        name.replace(path)
        name = None
    except OSError as error:
        why = error.strerror or str(error)
        raise Failure(f"{path} cannot be written: {why}") from None
    finally:
        if name is not None:
            name.unlink(missing_ok=True)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read.

    Raises:
        Failure: it is not there, or cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from None
    with file:
        try:
            yield file
        except OSError as error:
            raise Failure(f"{path} cannot be read: {error.strerror or error}") from None
