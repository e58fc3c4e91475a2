"""Panels in the store: card, cart, checkout, map, search, help…; drawn with Dear ImGui.

May import: vr_client.state, .frame_packet, .interact, .space, sound.captions, headset.controls.
Never: imports moderngl or a headset backend, sends anything, or changes the client state by itself.
"""
