#version 430

in vec2 v_at;
flat in float v_dot;

out vec4 out_colour; // premultiplied; an alpha below the colour adds light

const vec3 GLOW = vec3(0.20, 0.86, 0.84);

void main() {
    if (v_dot > 3.5) {
        float cover = (1.0 - smoothstep(0.78, 0.95, length(v_at))) * 0.85;
        if (cover < 0.01) discard;
        out_colour = vec4(GLOW * 0.8 * cover, cover);
        return;
    }
    if (v_dot > 1.5) {
        // On the floor: a ring where one may be, a cross where one may not.
        float radius = length(v_at);
        float ring = smoothstep(0.70, 0.76, radius) * (1.0 - smoothstep(0.90, 0.97, radius));
        float fill = (1.0 - smoothstep(0.70, 0.76, radius)) * 0.22;
        float arms = min(abs(v_at.x - v_at.y), abs(v_at.x + v_at.y));
        float crossed = (1.0 - smoothstep(0.10, 0.16, arms)) * (1.0 - smoothstep(0.72, 0.80, radius));
        float shown = v_dot > 2.5 ? max(ring, crossed) : max(ring, fill);
        if (shown < 0.01) discard;
        vec3 ink = v_dot > 2.5 ? vec3(0.93, 0.45, 0.25) : GLOW;
        out_colour = vec4(ink * shown, shown * 0.85);
        return;
    }
    if (v_dot > 0.5) {
        float radius = length(v_at);
        float core = 1.0 - smoothstep(0.34, 0.46, radius);
        float ring = smoothstep(0.58, 0.68, radius) * (1.0 - smoothstep(0.86, 0.98, radius));
        float cover = max(core, ring * 0.9);
        if (cover < 0.01) discard;
        out_colour = vec4(mix(GLOW * 0.85, vec3(1.0), core) * cover, cover);
        return;
    }
    float edge = 1.0 - smoothstep(0.25, 1.0, abs(v_at.y));
    float core = 1.0 - smoothstep(0.0, 0.45, abs(v_at.y));
    // The pieces of an arc follow one another without a gap.
    float fade = v_dot < -0.5 ? 0.85 : smoothstep(0.0, 0.06, v_at.x) * mix(0.35, 0.95, v_at.x);
    out_colour = vec4(mix(GLOW, vec3(0.93, 1.0, 1.0), core) * edge * fade, edge * fade * 0.75);
}
