#version 430
#include "common/view.glsl"
#include "common/rotate.glsl"

in vec3 in_position;
in vec3 at_position;
in vec4 at_rotation;

uniform vec3 middle;    // of the mesh's box, metres
uniform vec3 half_size;

uniform float margin_m;

void main() {
    // The whole shape grown about its middle: no gaps at hard edges, unlike growing along normals.
    vec3 grown = middle + (in_position - middle) * (1.0 + margin_m / max(half_size, vec3(0.004)));
    gl_Position = clip_from_world * vec4(rotate(at_rotation, grown) + at_position, 1.0);
}
