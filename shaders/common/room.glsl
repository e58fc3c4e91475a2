// The room's light: what store_scenes/compile/light_field.py baked, and the lamps themselves.
layout(std140, binding = 1) uniform Room {
    vec4 room_min;    // metres
    vec4 room_max;
    vec4 field_scale; // one over the baked field's size along x, y, z
    vec4 lamp_light;  // of a lamp's face; w: texels of the lamp map a metre
    vec4 open_air;    // over the fixtures: mean light, its lean upwards; light of ceiling and floor
};

uniform sampler3D light_field; // rgb: lean, a: mean, see bake_light
uniform sampler3D lamps; // the ceiling from above: how much of it is lamp, third axis: by blur

const float LIGHT_MEAN_MAX = 2.0;
const float LIGHT_LEAN_MAX = 1.5;
const float LAMP_LEVELS = 8.0;
const float FIELD_STEP_M = 0.06; // half a cell: what a surface sees starts before it, not in it

struct Light {
    float mean;
    vec3 lean; // towards where most comes from, over the mean
};

Light light_at(vec3 place, vec3 n) {
    vec3 at = (place + n * FIELD_STEP_M - room_min.xyz) * field_scale.xyz;
    vec4 code = texture(light_field, at.xzy);
    return Light(code.a * code.a * LIGHT_MEAN_MAX, (code.rgb * 2.0 - 1.0) * LIGHT_LEAN_MAX);
}

// Light leaving a white matt surface with normal n. A lean past what four directions can tell
// would go below nothing: it ends softly instead.
float diffuse_light(Light light, vec3 n) {
    float side = 1.0 + dot(light.lean, n) * (2.0 / 3.0);
    return light.mean * max(side, 0.12 + 0.1 * side);
}

// How much of the lamps a ray from here can see: what comes from there over what would in the open.
float sight(Light light, vec3 d) {
    float here = light.mean * (1.0 + dot(light.lean, d));
    float open = open_air.x * (1.0 + open_air.y * max(d.y, 0.0));
    return clamp(here / open * 1.1, 0.0, 1.0);
}

// What a mirror at `from` shows in direction d: the lamps where they really are (Lagarde and
// Zanuttini's parallax, 2012, on the one plane that matters), below them the baked light.
// `spread` is the lobe's width, tangent; a pixel's own footprint widens it, so that bevels and
// curves do not sparkle (Kaplanyan and others, 2016).
vec3 mirrored(vec3 from, vec3 d, float spread, Light light) {
    float reach = (room_max.y - from.y) / max(d.y, 0.05);
    vec2 hit = from.xz + d.xz * reach;
    vec2 wide = max(abs(dFdx(hit)), abs(dFdy(hit)));
    float width = max(spread * reach, max(wide.x, wide.y));
    float level = log2(max(width * lamp_light.w, 1.0));
    vec2 size = room_max.xz - room_min.xz;
    float lamp = texture(lamps, vec3((hit - room_min.xz) / size, (level + 0.5) / LAMP_LEVELS)).r;
    vec3 sky = mix(vec3(open_air.z), lamp_light.rgb, lamp);
    float seen = sight(light, d);
    // Level with the eye stand goods in their own shade; the floor below is light.
    float around = light.mean * max(1.0 + dot(light.lean, d), 0.12);
    around *= mix(0.42, 0.72, smoothstep(0.05, 0.5, -d.y));
    float up = smoothstep(-0.02 - spread, 0.22 + spread, d.y);
    return mix(vec3(around), sky * seen, up);
}
