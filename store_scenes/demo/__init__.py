"""The demo store's own files: layouts, a catalogue of fictional brands, models made in code.

May import: trimesh and numpy, in the script that makes the models.
Never: is served from here: a demo copies the folder, because a trip changes what lies beside it.
"""

from pathlib import Path


def demo_store() -> Path:
    """The demo store's folder inside the installed package."""
    return Path(__file__).parent / "store"
