"""Which eye's picture a window shows. Pure; for the desktop window and a headset's mirror alike."""

from collections.abc import Sequence
from typing import Final, Literal, TypeVar

Mirror = Literal["middle", "left", "right", "both"]

MIRRORS: Final[tuple[Mirror, ...]] = ("middle", "left", "right", "both")
"""In the order in which the key goes through them; `middle` is a single eye between the two."""

SIDES: Final[dict[Mirror, tuple[float, ...]]] = {
    "middle": (0.0,),
    "left": (-0.5,),
    "right": (0.5,),
    "both": (-0.5, 0.5),
}
"""Where the eyes that are drawn sit, in shares of the distance between the eyes."""

Eye = TypeVar("Eye")


def after(mirror: Mirror, *, headset: bool = False) -> Mirror:
    """The next view; a `headset` draws its two eyes only, so it has no eye in the middle."""
    choices = MIRRORS[1:] if headset else MIRRORS
    return choices[(choices.index(mirror) + 1) % len(choices)] if mirror in choices else choices[0]


def shown(mirror: Mirror, eyes: Sequence[Eye]) -> tuple[Eye, ...]:
    """Those of a headset's `eyes` (left, right) that its mirror window shows."""
    if mirror == "both" or len(eyes) < 2:
        return tuple(eyes)
    return (eyes[1] if mirror == "right" else eyes[0],)
