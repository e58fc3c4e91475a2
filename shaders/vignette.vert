#version 430

// One triangle that covers the viewport, with the tangents of each pixel's direction.

uniform vec4 tangents; // left, right, bottom, top at distance 1
uniform float nearest; // clip space depth of the near plane

out vec2 v_tangent;

void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    v_tangent = mix(tangents.xz, tangents.yw, corner);
    gl_Position = vec4(corner * 2.0 - 1.0, nearest, 1.0);
}
