// The room's light: what store_scenes/compile/light_field.py and light_colour.py baked, and the
// lamps themselves.
layout(std140, binding = 1) uniform Room {
    vec4 room_min;    // metres
    vec4 room_max;
    vec4 field_scale; // one over the baked field's size along x, y, z
    vec4 lamp_light;  // of a lamp's face; w: texels of the lamp map a metre
    vec4 open_air;    // over the fixtures: mean light, its lean upwards; light of the ceiling
};

uniform sampler3D light_field; // rgb: lean, a: mean, see bake_light
uniform sampler2DArray lamps; // the ceiling from above: how much of it is lamp, layers: by blur
uniform sampler2D tints;      // the light's, from above
uniform sampler3D matter;     // what fills a place, see bake_colours

const float LIGHT_MEAN_MAX = 2.0;
const float LIGHT_LEAN_MAX = 1.5;
const float TINT_MAX = 1.25;
const float LAMP_LEVELS_AN_OCTAVE = 2.0; // so many that the nearest one does
const float FIELD_STEP_M = 0.06; // half a cell: what a surface sees starts before it, not in it
const int FLOOR_TAPS = 3;

struct Light {
    float mean;
    vec3 lean; // towards where most comes from, over the mean
    vec3 tint;
};

Light light_at(vec3 place, vec3 n) {
    vec3 at = (place + n * FIELD_STEP_M - room_min.xyz) * field_scale.xyz;
    vec4 code = texture(light_field, at.xzy);
    vec3 tint = texture(tints, at.xz).rgb * TINT_MAX;
    return Light(code.a * code.a * LIGHT_MEAN_MAX, (code.rgb * 2.0 - 1.0) * LIGHT_LEAN_MAX, tint);
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

// What fills the place that a ray comes to: the light it sends out, and how much of the ray it ends.
vec4 matter_at(vec3 place) {
    vec4 code = textureLod(matter, ((place - room_min.xyz) * field_scale.xyz).xzy, 0.0);
    return vec4(code.rgb * code.rgb, code.a);
}

struct Mirror {
    vec4 met;     // what stands in the ray's way, and how much of it
    vec3 around;  // what else is level with the eye or below
    float behind; // the way to the ceiling is open
    float up;     // the ray goes there
};

vec3 composed(Mirror mirror, float lamp) {
    vec3 sky = mix(vec3(open_air.z), lamp_light.rgb, lamp);
    vec3 far = mix(mirror.around * 0.6, sky, mirror.behind);
    return mirror.met.rgb + (1.0 - mirror.met.a) * mix(mirror.around, far, mirror.up);
}

float lamp_at(vec2 hit, float width) {
    float level = log2(max(width * lamp_light.w, 1.0)) * LAMP_LEVELS_AN_OCTAVE;
    vec2 at = (hit - room_min.xz) * field_scale.xz;
    return textureLod(lamps, vec3(at, level), 0.0).r;
}

// A pixel's own footprint on the ceiling: it widens highlights, so that bevels and curves do not
// sparkle (Kaplanyan and others, 2016).
float footprint(vec2 hit) {
    vec2 wide = max(abs(dFdx(hit)), abs(dFdy(hit)));
    return max(wide.x, wide.y);
}

// What a mirror at `from` shows in direction d: the lamps where they really are (Lagarde and
// Zanuttini's parallax, 2012, on the one plane that matters), below them what is near and the
// baked light. `spread` is the lobe's width, tangent.
//
// A floor takes several steps along the ray, so that it shows what stands on it, and smears the
// lamps towards the eye, as a lobe seen at a grazing angle does. A loop, because a software
// rasteriser runs both sides of an `if`.
vec3 mirrored(vec3 from, vec3 d, float spread, Light light, bool polished, out Mirror mirror) {
    float high = room_max.y - from.y;
    vec2 middle = from.xz + d.xz * (high / max(d.y, 0.05));
    float pixel = footprint(middle);
    int taps = polished ? FLOOR_TAPS : 1;
    float half_taps = 0.5 * float(taps - 1);
    float width = polished ? spread * high * 2.0 : spread * high / max(d.y, 0.05);
    float along = polished ? 0.18 : 0.22;
    float share_met = polished ? 1.0 : 0.6; // goods mirror the shop beyond their shelf too
    float lamp = 0.0;
    vec4 met = vec4(0.0);
    int tap = 0;
    do {
        float off = float(tap) - half_taps;
        vec2 hit = from.xz + d.xz * (high / max(d.y + off * spread, 0.05));
        float share = (half_taps + 1.0 - abs(off)) / ((half_taps + 1.0) * (half_taps + 1.0));
        lamp += share * lamp_at(hit, max(width, pixel));
        met += matter_at(from + d * along) * (share_met * (1.0 - met.a));
        along *= 2.3;
        tap++;
    } while (tap < taps);
    float around = light.mean * max(1.0 + dot(light.lean, d), 0.12);
    // Level with the eye stand goods in their own shade; the floor below is light.
    around *= mix(0.34, 0.66, smoothstep(0.05, 0.5, -d.y));
    // A highlight is a matter of contrast: in shade it stays a highlight.
    float behind = sight(light, d);
    behind = polished ? 0.5 + 0.5 * behind : mix(behind, sqrt(behind), 0.7);
    // From a shelf the lowest rays end on the other side of the aisle.
    float edge = polished ? 0.0 : 0.10;
    float up = smoothstep(edge - 0.02 - spread, edge + 0.22 + spread, d.y);
    mirror = Mirror(met, vec3(around), behind, up);
    return composed(mirror, lamp);
}

// The same from a clear coat over the surface, that has met the same things.
vec3 mirrored_sharp(vec3 from, vec3 d, float spread, Mirror mirror) {
    float reach = (room_max.y - from.y) / max(d.y, 0.05);
    vec2 hit = from.xz + d.xz * reach;
    return composed(mirror, lamp_at(hit, max(spread * reach, footprint(hit))));
}
