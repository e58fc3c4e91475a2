"""Sans-I/O state machines of one connection: bytes in, events and bytes out.

May import: catalog_sync.wire, catalog_sync.model and the standard library.
Never: reads a clock, a socket or randomness; `now` and ids arrive as arguments.
"""
