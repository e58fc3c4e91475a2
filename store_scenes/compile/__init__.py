"""Layout + products + models -> SceneDescription: plain arrays, ready for any renderer.

May import: store_scenes.layout, .fixtures, .models, numpy, catalog_sync.model.
Never: imports moderngl or a network library, or reads the store folder by itself.
"""
