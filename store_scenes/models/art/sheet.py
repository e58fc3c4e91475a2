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
    # One whole pixel at a time: byte by byte takes ten times as long.
    pixel = np.array((*ground, 255), np.uint8).view(np.uint32)
    pixels = np.full((height, width), pixel[0], np.uint32).view(np.uint8).reshape(height, width, 4)
    info = skia.ImageInfo.Make(
        width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
    )
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    assert surface is not None
    return pixels, surface
