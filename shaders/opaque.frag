#version 430
#include "common/view.glsl"
#include "common/colour.glsl"
#include "common/room.glsl"
#include "common/art.glsl"

in vec3 v_world;
in vec3 v_normal;
in vec2 v_uv;
in vec4 v_colour;
in vec4 v_surface;
in float v_open;
flat in uvec2 v_tag;

uniform sampler2DArray art;
uniform uint highlight; // instance id, all ones for none

out vec4 out_colour;

const uint STANDS = 0x40000000u; // a unit that stands on something
const float SHINE = 1.45;        // of what shines by itself, over white card
const float LIT_MAX = 1.16;      // only lamps are whiter than this: sRGB 0.967 once mapped
const float CLEAR = 0.17;        // smoother than this and no metal: glass or PET, with its content
const float TILE_M = 0.6;        // of the floor

// Karis, "Physically Based Shading on Mobile" (2014): how much a surface with normal-incidence
// reflectance f0 reflects of an evenly lit environment.
vec3 reflectance(vec3 f0, float roughness, float n_dot_v) {
    const vec4 c0 = vec4(-1.0, -0.0275, -0.572, 0.022);
    const vec4 c1 = vec4(1.0, 0.0425, 1.04, -0.04);
    vec4 r = roughness * c0 + c1;
    float a = min(r.x * r.x, exp2(-9.28 * n_dot_v)) * r.x + r.y;
    vec2 scale_bias = vec2(-1.04, 1.04) * a + r.zw;
    return f0 * scale_bias.x + scale_bias.y;
}

// Two numbers 0..1 for a tile: no two are polished quite alike or lie quite level.
vec2 tile_character(vec2 place) {
    vec2 tile = floor((place - room_min.xz) / TILE_M);
    vec2 mixed = fract(tile * vec2(0.1031, 0.1137));
    mixed += dot(mixed, mixed.yx + 3.33);
    return fract((mixed.x + mixed.y) * mixed * 7.0);
}

void main() {
    vec3 albedo = texture(art, art_at(v_uv, v_tag.x, vec2(512.0), 7.0)).rgb * srgb_decode_fast(v_colour.rgb);
    float roughness = clamp(v_surface.x, 0.05, 1.0);
    float metallic = v_surface.y;
    float clearcoat = v_surface.z;
    vec3 n = normalize(v_normal);
    vec3 v = normalize(eye_time.xyz - v_world);
    // Interpolated normals lean away at silhouettes; a negative angle would blow up there.
    float n_dot_v = max(dot(n, v), 0.02);
    vec3 mirror = reflect(-v, n);
    Light field = light_at(v_world, n);
    float open = v_open;
    if ((v_tag.x & STANDS) != 0u) {
        // Contact: what stands on a shelf is darkest where it touches it.
        open *= mix(0.50, 1.0, smoothstep(-0.006, 0.030, v_surface.w));
    }
    float graze = (1.0 - n_dot_v) * (1.0 - n_dot_v);
    float fresnel = 0.04 + 0.96 * graze * graze * (1.0 - n_dot_v);
    float coat = clearcoat * fresnel;

    vec3 f0 = mix(vec3(0.04), albedo, metallic);
    vec3 bounce = reflectance(f0, roughness, n_dot_v);
    float alpha = roughness * roughness;
    bool polished = v_world.y < 0.003 && n.y > 0.99 && roughness < 0.7;
    if (polished) {
        vec2 tile = tile_character(v_world.xz);
        mirror.xz += (tile - 0.5) * 0.012;
        alpha *= 0.8 + 0.4 * tile.x;
        bounce = vec3(coat * (0.9 + 0.2 * tile.y));
        coat = 0.0;
    }
    float matt = diffuse_light(field, n);
    // The ceiling is lit by its own lamps' housings and by all that is below: near white.
    float above = smoothstep(room_max.y - 0.12, room_max.y - 0.04, v_world.y) * max(-n.y, 0.0);
    matt = mix(matt, open_air.z, above);
    // Through glass and PET light comes from behind, most through the middle; the rim bends it away.
    float clear = (1.0 - metallic) * step(roughness, CLEAR);
    float core = n_dot_v * n_dot_v;
    matt = mix(matt, field.mean * (0.42 + 0.78 * core), clear * 0.75);
    vec3 body = mix(albedo, albedo * (albedo * 0.35 + 0.65) * 1.12, clear * (1.0 - core));
    vec3 light = matt * open * body * (1.0 - metallic) * (1.0 - bounce);
    Mirror seen;
    light += mirrored(v_world, mirror, alpha * 1.2, field, polished, seen) * bounce * open;
    light *= 1.0 - coat;
    light += mirrored_sharp(v_world, mirror, 0.02, seen) * coat * open;
    light *= field.tint;
    light *= min(1.0, LIT_MAX / max(max(light.r, light.g), max(light.b, 0.001)));
    light = mix(albedo * SHINE, light, v_colour.a);

    if (v_tag.y == highlight) {
        float pulse = 0.85 + 0.15 * sin(eye_time.w * 4.0);
        light = light * (1.0 + 0.22 * pulse) + vec3(0.10, 0.75, 0.70) * pulse * pow(1.0 - n_dot_v, 3.0);
    }
    out_colour = vec4(srgb_encode(tone_map(light)), 1.0);
}
