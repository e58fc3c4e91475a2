#version 430

in vec2 v_at;

uniform sampler2D picture; // premultiplied sRGB codes, bottom row first

out vec4 out_colour;

void main() {
    // Neither lit nor tone-mapped: what the panel's designer drew is what the eye gets.
    out_colour = texture(picture, v_at);
    if (out_colour.a < 0.004) discard;
}
