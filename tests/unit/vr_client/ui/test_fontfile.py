import pytest

from store_scenes.typefaces import find_typeface
from vr_client.ui.fontfile import line_height_em


def test_a_line_is_a_little_higher_than_an_em():
    face = find_typeface("regular")
    assert 1.0 < line_height_em(face.path, face.index) < 1.6


def test_what_is_no_font_is_refused(tmp_path):
    path = tmp_path / "font.ttf"
    path.write_bytes(b"this is no font at all, not even nearly")
    with pytest.raises(ValueError, match="not a TrueType"):
        line_height_em(path, 0)
