"""Every package shape by its name in `Product.package`; `model` is not one: it is imported."""

from store_scenes.models.shapes.kinds import (
    bag,
    bottle,
    box,
    can,
    carton,
    jar,
    multipack,
    pouch,
    produce,
    tray,
    tub,
    tube,
)
from store_scenes.models.shapes.shape import Shape

SHAPES: dict[str, Shape] = {
    "bag": bag.SHAPE,
    "bottle": bottle.SHAPE,
    "box": box.SHAPE,
    "can": can.SHAPE,
    "carton": carton.SHAPE,
    "jar": jar.SHAPE,
    "multipack": multipack.SHAPE,
    "pouch": pouch.SHAPE,
    "produce": produce.SHAPE,
    "tray": tray.SHAPE,
    "tub": tub.SHAPE,
    "tube": tube.SHAPE,
}
