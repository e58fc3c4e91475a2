"""From an `Artwork` to its pixels."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.artwork import boards, devices, materials, street
from store_scenes.fixtures.artwork import ArtKind, Artwork
from store_scenes.models.mesh import ART_SIZE

Draw = Callable[[Artwork, str], NDArray[np.uint8]]

DRAWINGS: dict[ArtKind, Draw] = {
    "aisle": boards.aisle,
    "board": boards.board,
    "header": boards.header,
    "lane": boards.lane,
    "screen": devices.screen,
    "terminal": devices.terminal,
    "thermometer": devices.thermometer,
    "perforated": materials.perforated,
    "crate": materials.crate,
    "floor": materials.floor,
    "ceiling": materials.ceiling,
    "street": street.street,
    "hours": boards.hours,
    "notice": boards.notice,
    "poster": boards.poster,
    "exit": boards.exit_sign,
    "push": boards.push,
}


def draw_artwork(artwork: Artwork, language: str) -> NDArray[np.uint8]:
    """(ART_SIZE, ART_SIZE, 4) u1 sRGB, opaque; texts in `language` come first.

    Raises:
        Failure: there is no typeface.
    """
    pixels = DRAWINGS[artwork.kind](artwork, language)
    # What the face leaves of the layer repeats its border, which mip levels mix into it.
    _, _, right, bottom = artwork.uv
    width, height = (max(round(share * ART_SIZE), 1) for share in (right, bottom))
    pixels[height:] = pixels[height - 1]
    pixels[:, width:] = pixels[:, width - 1 : width]
    return pixels
