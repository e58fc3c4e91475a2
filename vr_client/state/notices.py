"""Which notices are good news, what was asked for is done, and which refuse it."""

from typing import Final

UNDO_NOTICES: Final = ("cart_added=", "cart_taken=")
"""Something that can be taken back."""

_GOOD: Final = ("picture_kept", "mirror_", "way_", "undone=", "compare_", *UNDO_NOTICES)

_NEITHER: Final = ("order_cancelled", "headset_gone", "nothing_left")


def is_good_news(notice: str) -> bool:
    """Of a code as `ClientState.notice` has it."""
    return notice.startswith(_GOOD)


def refuses(notice: str) -> bool:
    """Whether it says that something cannot be done, or is not."""
    return not notice.startswith((*_GOOD, *_NEITHER))
