#version 430

out vec4 out_colour;

void main() {
    out_colour = vec4(0.0, 0.0, 0.0, 1.0);
}
