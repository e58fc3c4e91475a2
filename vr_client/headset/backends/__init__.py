"""One file for each way to see and touch the store.

May import: vr_client.headset, .frame_packet and .space, numpy, and each its own library.
Never: imports another backend, moderngl, shop state or the wire.
"""
