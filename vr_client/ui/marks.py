"""What a panel's picture says and where it can be pressed: read by the pointer and by tests."""

from dataclasses import dataclass

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in panel units from the top left of the panel's texture."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text exactly as drawn (after ellipsis); `em` is its size in panel units."""

    panel: str
    role: str
    text: str
    rect: Rect
    em: float


@dataclass(frozen=True, slots=True)
class Target:
    """Something to press; `id` says what, for `vr_client.ui.actions`."""

    panel: str
    id: str
    rect: Rect


def centre(rect: Rect) -> tuple[float, float]:
    """The middle of a rectangle."""
    return (rect[0] + rect[2]) / 2.0, (rect[1] + rect[3]) / 2.0


def contains(rect: Rect, x: float, y: float) -> bool:
    """Whether the point lies in the rectangle."""
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]
