#version 430
#include "common/colour.glsl"
#include "common/art.glsl"

in vec2 v_uv;
flat in uint v_place;

uniform sampler2DArray labels;

out vec4 out_colour;

void main() {
    vec4 paper = texture(labels, art_at(v_uv, v_place, vec2(256.0, 128.0), 5.0));
    if (paper.a < 0.5) discard;
    // Paper in a lit aisle: not lit per pixel, since its price must read the same everywhere.
    out_colour = vec4(srgb_encode(paper.rgb * 0.94), 1.0);
}
