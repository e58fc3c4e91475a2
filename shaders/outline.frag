#version 430

uniform vec3 ink;

out vec4 out_colour;

void main() {
    out_colour = vec4(ink, 1.0);
}
