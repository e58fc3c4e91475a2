"""Everything that knows what a store is made of: layouts, fixtures, models, the compiled scene.

May import: catalog_sync.model, numpy, trimesh, skia (lazily), msgspec and the standard library.
Never: imports moderngl, opens a socket, or knows a shopper.
"""
