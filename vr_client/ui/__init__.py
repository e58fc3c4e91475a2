"""Panels in the store: product card, cart, checkout, order, help; drawn with Dear ImGui.

May import: vr_client.state, .frame_packet, .interact, .space, store_scenes, catalog_sync.model.
Never: imports moderngl or a headset, sends anything, or changes the client state by itself.
"""
