#version 430

in vec2 v_at;

out vec4 out_colour;

void main() {
    // A diffuser is a touch brighter over its tubes than at its rim.
    float rim = max(abs(v_at.x), abs(v_at.y));
    out_colour = vec4(mix(vec3(1.0, 1.0, 0.995), vec3(0.955, 0.96, 0.955), smoothstep(0.80, 1.0, rim)), 1.0);
}
