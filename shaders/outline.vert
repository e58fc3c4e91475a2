#version 430
#include "common/view.glsl"
#include "common/rotate.glsl"

in vec3 in_position;
in vec3 at_position;
in vec4 at_rotation;

uniform vec3 middle;    // of the mesh's box, metres
uniform vec3 half_size;

uniform float margin_m;

const float WALL_M = 0.015;

void main() {
    // The whole shape grown about its middle: no gaps at hard edges, unlike growing along normals.
    vec3 grown = middle + (in_position - middle) * (1.0 + margin_m / max(half_size, vec3(0.004)));
    vec3 world = rotate(at_rotation, grown) + at_position;
    vec4 here = clip_from_world * vec4(world, 1.0);
    // As deep as if it were a wall's thickness further away: the inner side of a tray's near wall
    // faces away from the eye as well, and grown it would stand before the tray.
    vec4 behind = clip_from_world * vec4(world + normalize(world - eye_time.xyz) * WALL_M, 1.0);
    gl_Position = vec4(here.xy, behind.z * here.w / behind.w, here.w);
}
