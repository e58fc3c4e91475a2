"""Draws a frame packet for every eye with OpenGL 4.3: the only room that imports moderngl.

May import: moderngl, numpy, shaders, vr_client.space, vr_client.frame_packet, the compiled scene.
Never: sees shop state or the wire, owns a window, or loads a file that is not a shader.
"""
