"""The only client state: frozen values replaced whole by `reduce`, never edited in place.

May import: catalog_sync.model, store_scenes.compile.scene.
Never: reads a clock, a socket or a device; knows how anything is drawn.
"""
