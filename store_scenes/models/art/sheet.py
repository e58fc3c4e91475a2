"""A canvas over an array of ours: nothing to copy when the drawing is done."""

from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray


def sheet(width: int, height: int, ground: tuple[int, int, int]) -> tuple[NDArray[np.uint8], Any]:
    """(height, width, 4) u1 sRGB pixels, covered with opaque `ground`, and a surface over them.

    Skia does not keep the array alive: the caller holds it for as long as the surface. Straight
    and premultiplied alpha are the same while everything stays opaque.
    """
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = (*ground, 255)
    info = skia.ImageInfo.Make(
        width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
    )
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    assert surface is not None
    return pixels, surface
