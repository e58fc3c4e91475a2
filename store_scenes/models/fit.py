"""A model in its product's stated size: cooking puts it there, or whoever has it uncooked."""

import numpy as np
from numpy.typing import NDArray

SMALLEST_M = 1e-6


def fitted(
    vertices: NDArray[np.void], dimensions_mm: tuple[float, float, float]
) -> tuple[NDArray[np.void], float]:
    """A copy of the vertices, scaled evenly to fit the box, and the scale.

    It stands on the middle of its base; `dimensions_mm` are width, height and depth, and one of
    them is filled.
    """
    position = vertices["position"].astype(np.float64)
    low, high = position.min(axis=0), position.max(axis=0)
    stated = np.array(dimensions_mm) / 1000.0
    size = np.maximum(high - low, SMALLEST_M)
    base = np.array([(low[0] + high[0]) / 2.0, low[1], (low[2] + high[2]) / 2.0])
    scale = float((stated / size).min())
    made = vertices.copy()
    made["position"] = (position - base) * scale
    return made, scale
