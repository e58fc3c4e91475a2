"""The words and the wire that the server and every client share: model, messages, sessions.

May import: msgspec, zstandard, babel, websockets (transport only) and the standard library.
Never: reads a clock, a socket or randomness outside `transport`; knows GL, layouts or storage.
"""
