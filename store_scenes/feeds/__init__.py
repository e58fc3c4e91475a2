"""Product feeds: bytes in, products and findings out.

May import: catalog_sync.model, biip, msgspec and the standard library.
Never: opens a file or a socket, or stops a whole feed for one bad row.
"""
