#version 430
#include "common/view.glsl"
#include "common/art_slots.glsl"

in vec3 at_centre;
in vec3 at_right;
in vec3 at_up;
in vec2 at_size;
in uint at_tile; // of its product

uniform usampler2D label_slots;
uniform uint label_far_first;

out vec2 v_uv;
flat out uint v_place;

void main() {
    vec2 corner = vec2((gl_VertexID & 1), (gl_VertexID >> 1));
    vec2 offset = (corner - 0.5) * at_size;
    vec3 outward = cross(at_right, at_up);
    vec3 world = at_centre + at_right * offset.x + at_up * offset.y + outward * 0.0006;
    v_uv = vec2(corner.x, 1.0 - corner.y);
    v_place = art_place(at_tile, label_slots, label_far_first);
    gl_Position = clip_from_world * vec4(world, 1.0);
}
