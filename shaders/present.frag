#version 430

// An eye's finished picture, sRGB codes as they are.

in vec2 v_uv;

uniform sampler2D picture;

out vec4 f_colour;

void main() {
    f_colour = vec4(texture(picture, v_uv).rgb, 1.0);
}
