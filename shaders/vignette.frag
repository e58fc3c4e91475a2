#version 430

uniform vec2 edge; // tangents of the angles between which it gets dark

in vec2 v_tangent;

out vec4 out_colour;

void main() {
    float dark = smoothstep(edge.x, edge.y, length(v_tangent));
    if (dark <= 0.0) discard;
    out_colour = vec4(0.02, 0.02, 0.03, dark);
}
