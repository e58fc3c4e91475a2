"""The parts of the SteamVR backend: hands, state, mesh. What each call means stands with it.

May import: vr_client.headset.backend, vr_client.frame_packet, numpy, platformdirs.
Never: imports openvr; the backend, which alone does, hands the module over as `vr`.
"""
