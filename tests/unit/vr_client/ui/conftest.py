"""One canvas for all tests of the panels: making one reads whole font files."""

import pytest

from store_scenes.typefaces import find_typeface
from vr_client.ui.canvas import Canvas


@pytest.fixture(scope="module")
def canvas():
    regular, bold = find_typeface("regular"), find_typeface("bold")
    made = Canvas((regular.path, regular.index), (bold.path, bold.index))
    yield made
    made.close()
