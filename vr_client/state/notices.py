"""Which notices are good news, what was asked for is done, and which refuse it."""

from typing import Final

UNDO_NOTICES: Final = ("cart_added=", "cart_taken=")
"""Something that can be taken back."""

_GOOD: Final = ("picture_kept", "mirror_", "way_", "undone=", "compare_", *UNDO_NOTICES)

_NEITHER: Final = ("order_cancelled", "headset_gone", "nothing_left")


_SAYING: Final = {
    "add": ("cart_added=", "undone="),
    "take_out": ("cart_taken=", "undone="),
    "lost": ("connection_lost",),
}
"""What sounds, by its cue, and the notices that say the same in words."""


def is_good_news(notice: str) -> bool:
    """Of a code as `ClientState.notice` has it."""
    return notice.startswith(_GOOD)


def says(notice: str, cue: str, name: str) -> bool:
    """Whether `notice` says what `cue` sounds for; `name` is of the product it is about, or ""."""
    if cue == "refused":
        return bool(notice) and refuses(notice) and notice not in _SAYING["lost"]
    if cue not in _SAYING or not notice.startswith(_SAYING[cue]):
        return False
    about = notice.partition("=")[2]
    return not about or about == name


def refuses(notice: str) -> bool:
    """Whether it says that something cannot be done, or is not."""
    return not notice.startswith((*_GOOD, *_NEITHER))
