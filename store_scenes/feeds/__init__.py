"""Product feeds: bytes in, products and findings out.

May import: catalog_sync.model, babel, biip, ijson, msgspec, the standard library; httpx in links.
Never: opens a socket unless asked to fetch models, or stops a whole feed for one bad row.
"""
