"""The rules of `endcap check`, by subject; `registry` has them all in one table.

May import: store_scenes.layout, store_scenes.feeds, catalog_sync.model.
Never: numpy, GL or the network; changes a file.
"""
