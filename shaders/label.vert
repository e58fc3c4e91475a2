#version 430
#include "common/view.glsl"

in vec3 at_centre;
in vec3 at_right;
in vec3 at_up;
in vec2 at_size;

out vec3 v_at; // texture coordinates and layer

void main() {
    vec2 corner = vec2((gl_VertexID & 1), (gl_VertexID >> 1));
    vec2 offset = (corner - 0.5) * at_size;
    vec3 outward = cross(at_right, at_up);
    vec3 world = at_centre + at_right * offset.x + at_up * offset.y + outward * 0.0006;
    v_at = vec3(corner.x, 1.0 - corner.y, float(gl_InstanceID));
    gl_Position = clip_from_world * vec4(world, 1.0);
}
