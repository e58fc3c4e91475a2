"""The family of package shapes made in code: contract, registry, and one file a kind.

May import: store_scenes.models.{geometry,lathe,bevel,panel,scheme,mesh}, catalog_sync.model, numpy.
Never: draws art, reads files, or lets one kind import another.
"""
