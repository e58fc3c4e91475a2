#version 430
#include "common/view.glsl"

in vec3 at_start;
in vec3 at_end;
in vec3 at_shape; // half width at the start, at the end; -1 arc, 0 beam, 1 dot, 2 ring, 3 cross, 4 step

out vec2 v_at;         // along 0..1 and across -1..1; for a dot both -1..1
flat out float v_dot;

void main() {
    vec2 corner = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID >> 1) * 2 - 1);
    vec3 world;
    v_dot = at_shape.z;
    if (at_shape.z > 1.5) {
        world = at_end + vec3(corner.x * at_shape.y, 0.006, corner.y * at_shape.y);
        v_at = corner;
    } else if (at_shape.z > 0.5) {
        vec3 towards = normalize(eye_time.xyz - at_end);
        float reach = length(eye_time.xyz - at_end);
        // Constant in the eye's view, and just in front of what it lies on.
        world = at_end + towards * 0.006
            + (eye_right.xyz * corner.x + eye_up.xyz * corner.y) * at_shape.y * max(reach, 0.3);
        v_at = corner;
    } else {
        vec3 along = at_end - at_start;
        vec3 spot = at_start + along * (corner.y * 0.5 + 0.5);
        vec3 across = normalize(cross(along, eye_time.xyz - spot) + vec3(1e-9));
        world = spot + across * corner.x * mix(at_shape.x, at_shape.y, corner.y * 0.5 + 0.5);
        v_at = vec2(corner.y * 0.5 + 0.5, corner.x);
    }
    gl_Position = clip_from_world * vec4(world, 1.0);
}
