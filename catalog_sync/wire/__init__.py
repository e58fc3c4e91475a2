"""Every message, its codec and every maximum: MessagePack through msgspec.

May import: catalog_sync.model, msgspec, zstandard.
Never: reads a clock or a socket, or accepts a field it does not know.
"""
