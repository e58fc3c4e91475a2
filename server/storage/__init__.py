"""Where the shop's truth is kept: one contract, SQLite behind it, and a read-only inspection.

May import: catalog_sync.model, catalog_sync.wire, server.commerce, server.failpoints, sqlite3.
Never: answers before a change is on disk, decides a rule of trade, or knows HTTP.
"""
