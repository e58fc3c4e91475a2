"""What a hand points at and where a shopper can walk: rays, picking, walking. Pure functions.

May import: vr_client.frame_packet, headset.backend, space, store_scenes.compile.scene.
Never: reads a device or a clock, or sees carts, orders or the wire.
"""
