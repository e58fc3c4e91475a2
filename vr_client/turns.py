"""Work that can wait takes turns with what cannot, so that no frame does all of it. Pure."""


class Turns:
    """Asked once a frame. What has to wait waits for one frame, and never for two in a row."""

    def __init__(self) -> None:
        self._waited = False

    def is_ours(self, *, busy: bool) -> bool:
        """Whether to work in this frame; `busy`: something else took its time in it already."""
        self._waited = busy and not self._waited
        return not self._waited
