#version 430

in vec2 v_at;

uniform sampler2D picture; // twice as wide and high as what is drawn to

out vec4 out_colour;

void main() {
    // A pixel's middle is the corner that four pixels share: the filter takes their mean.
    out_colour = texture(picture, v_at);
}
