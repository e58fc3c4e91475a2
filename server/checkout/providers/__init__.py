"""The checkout providers, one module each.

May import: server.checkout.provider, server.shop, catalog_sync, msgspec, the standard library.
Never: imports another provider, takes card data, or logs a contact address.
"""
