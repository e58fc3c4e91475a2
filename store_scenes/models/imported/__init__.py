"""Models that other programs made: looked at first, refused in words, then loaded by trimesh.

May import: store_scenes.models.{mesh,geometry}, catalog_sync.model.failure, numpy, trimesh, PIL.
Never: reads outside the model's own folder, or allocates what a file merely claims.
"""
