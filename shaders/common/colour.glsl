// sRGB (IEC 61966-2-1) and tone mapping. Light is linear, 1.0 is white paper in a well-lit aisle.
vec3 srgb_decode(vec3 code) {
    return mix(code / 12.92, pow((code + 0.055) / 1.055, vec3(2.4)), step(0.04045, code));
}

// Within half a code of the real curve, without its power: for colours that only tint.
vec3 srgb_decode_fast(vec3 code) {
    return code * (code * (code * 0.305306011 + 0.682171111) + 0.012522878);
}

// Within 0.02 of a code of the real curve, by roots alone: no power a channel.
vec3 srgb_encode(vec3 light) {
    light = clamp(light, 0.0, 1.0);
    vec3 root = sqrt(light), fourth = sqrt(root), eighth = sqrt(fourth);
    vec3 curve = 0.64236564 * root + 0.71211047 * fourth - 0.33686994 * eighth - 0.01756311 * light;
    return mix(light * 12.92, curve, step(0.0031308, light));
}

// Khronos PBR Neutral without its toe: colours below the knee stay exactly what the label's
// designer chose, highlights above it roll off towards white instead of shifting hue.
vec3 tone_map(vec3 light) {
    const float knee = 0.80;
    const float desaturation = 0.15;
    float peak = max(light.r, max(light.g, light.b));
    if (peak < knee) return light;
    float room = 1.0 - knee;
    float mapped = 1.0 - room * room / (peak + room - knee);
    light *= mapped / peak;
    float amount = 1.0 - 1.0 / (desaturation * (peak - mapped) + 1.0);
    return mix(light, vec3(mapped), amount);
}
