"""Space planning: from a catalogue to a walkable store folder, arithmetic until it writes.

May import: store_scenes.layout, store_scenes.feeds, catalog_sync.model, msgspec.
Never: imports GL, skia, fonts or the fixtures' shapes; reads no clock and no randomness.
"""
