#version 430
#include "common/colour.glsl"

in vec3 v_at;

uniform sampler2DArray labels;

out vec4 out_colour;

void main() {
    vec4 paper = texture(labels, v_at);
    if (paper.a < 0.5) discard;
    // Paper in a lit aisle: not lit per pixel, since its price must read the same everywhere.
    out_colour = vec4(srgb_encode(paper.rgb * 0.94), 1.0);
}
