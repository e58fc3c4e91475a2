// The room's light, as vr_client/render/environment.py gathers it.
layout(std140, binding = 1) uniform Room {
    vec4 room_min;
    vec4 room_max;
    vec4 probe;               // where the environment was gathered
    vec4 irradiance[9];       // cosine-convolved spherical harmonics over pi, world space
};

uniform sampler3D environment; // octahedral, its third axis is roughness

const float ENVIRONMENT_SIZE = 64.0;
const float ENVIRONMENT_LEVELS = 6.0;

// Light leaving a white matt surface with normal n (Ramamoorthi and Hanrahan, 2001).
vec3 diffuse_light(vec3 n) {
    vec3 sum = irradiance[0].rgb + irradiance[1].rgb * n.y + irradiance[2].rgb * n.z
        + irradiance[3].rgb * n.x + irradiance[4].rgb * (n.x * n.y) + irradiance[5].rgb * (n.y * n.z)
        + irradiance[6].rgb * (3.0 * n.z * n.z - 1.0) + irradiance[7].rgb * (n.x * n.z)
        + irradiance[8].rgb * (n.x * n.x - n.y * n.y);
    return max(sum, vec3(0.0));
}

vec2 octahedral(vec3 d) {
    d /= abs(d.x) + abs(d.y) + abs(d.z);
    vec2 folded = (1.0 - abs(d.zx)) * vec2(d.x >= 0.0 ? 1.0 : -1.0, d.z >= 0.0 ? 1.0 : -1.0);
    return d.y >= 0.0 ? d.xz : folded;
}

// Where a ray from `from` meets the walls, seen from the probe: reflections then sit where the
// lamps are instead of swimming with the head (Lagarde and Zanuttini, 2012).
vec3 parallax(vec3 from, vec3 d) {
    vec3 inverse_d = 1.0 / (d + vec3(equal(d, vec3(0.0))) * 1e-6);
    vec3 far_side = max((room_min.xyz - from) * inverse_d, (room_max.xyz - from) * inverse_d);
    float reach = max(min(far_side.x, min(far_side.y, far_side.z)), 0.0);
    return from + d * reach - probe.xyz; // any length: the map only asks for the direction
}

// Where in the map a mirror at `from` looks that reflects towards `d`.
vec2 environment_at(vec3 from, vec3 d) {
    vec2 at = octahedral(parallax(from, d)) * 0.5 + 0.5;
    // Texel centres lie on the map's border, so no filter tap ever crosses it.
    return (at * (ENVIRONMENT_SIZE - 1.0) + 0.5) / ENVIRONMENT_SIZE;
}

vec3 environment_light(vec2 at, float roughness) {
    float level = (roughness * (ENVIRONMENT_LEVELS - 1.0) + 0.5) / ENVIRONMENT_LEVELS;
    return texture(environment, vec3(at, level)).rgb;
}
