"""One module a package shape; each exports `SHAPE`.

May import: store_scenes.models.{geometry,lathe,bevel,panel,scheme}, the shape contract, numpy.
Never: imports a sibling, or knows any product.
"""
