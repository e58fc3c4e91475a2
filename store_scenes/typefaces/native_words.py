"""Keeps the words of native libraries off standard error, where a person looks for ours."""

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def native_words_dropped() -> Iterator[None]:
    """What C code writes to standard error meanwhile is lost; Python's own text is flushed first.

    It holds for the whole process, so only for short calls.
    """
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error (a Windows program without a console)
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
