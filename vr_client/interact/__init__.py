"""What a hand points at and holds, and where a shopper can walk: rays, grip, walking. Pure.

May import: vr_client.frame_packet, headset.backend, space, store_scenes.compile.scene.
Never: reads a device or a clock, or sees carts, orders or the wire.
"""
