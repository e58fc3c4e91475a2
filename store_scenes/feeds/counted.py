"""Counts as people read them."""


def counted(count: int, word: str, words: str = "") -> str:
    """A count with its word: `1 planogram`, `1,204 facings`, `2 meshes`."""
    return f"{count:,} {word if count == 1 else words or f'{word}s'}"
