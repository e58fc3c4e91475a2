from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from catalog_sync.model.product import PackageShape
from server.web.thumbnails import thumbnail


@pytest.mark.parametrize("package", get_args(PackageShape))
def test_every_package_has_a_picture_without_inline_style(package):
    picture = thumbnail("A1", "유기농 <그래놀라>", package, "#c9a66b")

    root = ET.fromstring(picture)
    assert root.tag == "svg"
    assert root.find("rect").get("fill") == "#c9a66b"
    assert root.find("g/rect").get("fill") == "#645336"
    assert root.find("g/text").text == "그래"
    assert "style=" not in picture


def test_a_colour_from_outside_never_becomes_markup():
    picture = thumbnail("A1", "Milk", "box", '#fff"/><script>')

    assert "script" not in picture
    assert ET.fromstring(picture).find("rect").get("fill") == "#b08ac9"
    assert ET.fromstring(picture).find("g/text").text == "Milk"


def test_a_name_without_letters_leaves_the_label_empty():
    assert ET.fromstring(thumbnail("A1", "7 2", "can", "")).find("g/text").text is None
