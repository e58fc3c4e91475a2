#version 430
#include "common/view.glsl"
#include "common/rotate.glsl"
#include "common/art_slots.glsl"

in vec3 in_position;
in vec3 in_normal;
in vec2 in_uv;
in vec4 in_colour;
in vec4 in_surface;
in vec3 at_position;
in vec4 at_rotation;
in uint at_art;
in uint at_id;
in float at_occlusion;

uniform usampler2D art_slots; // near pictures of far tiles
uniform uint art_far_first;

out vec3 v_world;
out vec3 v_normal;
out vec2 v_uv;
out vec4 v_colour;  // rgb still sRGB-encoded; a is 1 lit by the room .. 0 shining by itself
out vec4 v_surface; // roughness, metallic, clearcoat, height over the base in metres
out float v_open;   // 1 open .. 0 closed, of creases finer than the baked light
flat out uvec2 v_tag; // the picture's place with the unit's flags, instance id

const uint HIDDEN = 0x80000000u;
const uint STANDS = 0x40000000u;  // a unit that stands on something
const uint PRODUCT = 0x20000000u; // below: a product's tile, else a fixed picture
const uint PICTURE = 0x00FFFFFFu;

void main() {
    uint picture = at_art & PICTURE;
    if ((at_art & PRODUCT) != 0u) picture = art_place(picture, art_slots, art_far_first);
    v_tag = uvec2(picture | (at_art & STANDS), at_id);
    v_uv = in_uv;
    v_colour = in_colour;
    // Goods are shaded by the baked light, which knows their neighbours. Furniture and floor carry
    // a shade of their own for what is finer than it, and for more: part of that is in it already.
    v_open = (at_art & STANDS) != 0u ? in_surface.a : mix(1.0, in_surface.a, 0.6) * at_occlusion;
    v_surface = vec4(in_surface.rgb, in_position.y);
    v_normal = rotate(at_rotation, in_normal);
    v_world = rotate(at_rotation, in_position) + at_position;
    gl_Position = clip_from_world * vec4(v_world, 1.0);
    if ((at_art & HIDDEN) != 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // a point off screen
}
