#version 430

// What a lens hides, as near as anything can be, so that nothing is shaded behind it.

uniform float nearest; // clip space depth of the near plane

in vec2 in_share; // of the picture, from its lower left

void main() {
    gl_Position = vec4(in_share * 2.0 - 1.0, nearest, 1.0);
}
