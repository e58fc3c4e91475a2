#version 430

in vec2 v_uv;
in vec4 v_colour;

uniform sampler2D picture;

out vec4 out_colour; // premultiplied, blended in sRGB codes as Dear ImGui's own backends do

void main() {
    vec4 colour = v_colour * texture(picture, v_uv);
    out_colour = vec4(colour.rgb * colour.a, colour.a);
}
