#version 430
#include "common/view.glsl"

in vec4 at_base;  // x and z middle, x and z half sizes, metres
in vec3 at_place; // height of the carrying surface; how dark; how far it spreads, metres

out vec2 v_at;   // metres from the middle
flat out vec4 v_shape; // half sizes, darkness, spread

void main() {
    vec2 corner = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID >> 1) * 2 - 1);
    v_at = corner * (at_base.zw + at_place.z);
    v_shape = vec4(at_base.zw, at_place.yz);
    gl_Position = clip_from_world * vec4(at_base.x + v_at.x, at_place.x + 0.0006, at_base.y + v_at.y, 1.0);
}
