"""How a shopper likes to read and to hear: what each may set for themselves. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

TextSize = Literal["normal", "large", "largest"]
Contrast = Literal["usual", "light", "dark"]
Volume = Literal["normal", "quiet", "off"]

TEXT_SCALE: Final[dict[TextSize, float]] = {"normal": 1.0, "large": 1.25, "largest": 1.5}
"""How many times larger panels hang, text and targets alike."""


@dataclass(frozen=True, slots=True)
class Senses:
    """`contrast` "light" is pure black on white and "dark" white on black, both with thick edges.

    A panel that would not be seen whole at `text_size` is as large as it is seen whole.
    """

    text_size: TextSize = "normal"
    contrast: Contrast = "usual"
    volume: Volume = "normal"
    subtitles: bool = True

    @property
    def scale(self) -> float:
        """How many times as large as usual text is to be."""
        return TEXT_SCALE[self.text_size]

    @property
    def high_contrast(self) -> bool:
        """Whether edges are thick and shelf-edge labels black on white."""
        return self.contrast != "usual"


USUAL: Final = Senses()
