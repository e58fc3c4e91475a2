"""Where eyes and hands are, and where finished eye pictures go. One backend at a time.

May import: vr_client.frame_packet, vr_client.space, numpy; each backend its own native library.
Never: sees shop state, the wire or moderngl; openvr stays inside backends/openvr.py.
"""
