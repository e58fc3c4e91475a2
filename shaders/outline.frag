#version 430

out vec4 out_colour;

void main() {
    out_colour = vec4(0.07, 0.73, 0.69, 1.0);
}
