"""What a shopper hears: cues made in code, chosen by what happened, and placed around the head.

May import: vr_client.state, vr_client.space, numpy; miniaudio in `speaker.py` alone, and late.
Never: makes the frame loop wait, reads a clock or a device in it, or draws; no device, no sound.
"""
