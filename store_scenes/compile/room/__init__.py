"""The empty shop: floor and its zones, walls, ceiling and lights, shop front, the street outside.

May import: store_scenes.compile.{decor,scene,signs}, store_scenes.fixtures, .layout, numpy.
Never: knows a product, or draws a face by itself (it asks for an `Artwork`).
"""
