#version 430
#include "common/view.glsl"

uniform mat4 world_from_quad;  // as wide and high as the panel is

out vec2 v_at;

void main() {
    vec2 corner = vec2((gl_VertexID & 1), (gl_VertexID >> 1));
    v_at = corner;
    vec4 world = world_from_quad * vec4(corner - 0.5, 0.0, 1.0);
    gl_Position = clip_from_world * world;
}
