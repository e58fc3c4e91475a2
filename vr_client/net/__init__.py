"""The sync worker, a process of its own that talks to the shop, and the handle the frame holds.

May import: catalog_sync, store_scenes, vr_client.state.events, httpx, platformdirs, numpy.
Never: draws, changes the client state, or makes the frame loop wait.
"""
