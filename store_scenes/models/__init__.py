"""How products look: package shapes made in code, label art, imported glTF, the cooked form.

May import: catalog_sync.model, store_scenes.{typefaces,layout}, numpy, trimesh, skia (lazily).
Never: knows where a product stands, imports moderngl, or reads outside the model's own folder.
"""
