"""The process keeps the memory that it was given: a frame is no time to ask for it again."""

import ctypes
import sys
from typing import Final

M_TRIM_THRESHOLD: Final = -1
M_MMAP_THRESHOLD: Final = -3
KEPT_BYTES_MAX: Final = 256 * 1024 * 1024
"""So much that is free stays with the process."""

LARGE_BYTES: Final = 32 * 1024 * 1024
"""Arrays from this size on come from the system and go back to it."""


def keep_memory() -> bool:
    """Tell the C library so; whether it could be told (glibc).

    It would give each array above 128 kB back as soon as it is free. A frame that looks down an
    aisle makes a dozen of those, and to get their pages anew was measured to be half of its time.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has none
        return False
    return all(
        mallopt(ctypes.c_int(what), ctypes.c_int(value)) == 1
        for what, value in ((M_MMAP_THRESHOLD, LARGE_BYTES), (M_TRIM_THRESHOLD, KEPT_BYTES_MAX))
    )
