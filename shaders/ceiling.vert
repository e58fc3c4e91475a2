#version 430
#include "common/view.glsl"

in vec3 at_centre;
in vec2 at_half;

out vec2 v_at; // -1..1 across the panel

void main() {
    v_at = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID >> 1) * 2 - 1);
    // A little under the ceiling, so that neither hides the other.
    vec3 world = at_centre + vec3(v_at.x * at_half.x, -0.004, v_at.y * at_half.y);
    gl_Position = clip_from_world * vec4(world, 1.0);
}
