#version 430

in vec2 v_at;
flat in vec4 v_shape;

out vec4 out_colour; // multiplies what is there

void main() {
    // Signed distance to a rounded rectangle as wide as the unit.
    float radius = min(min(v_shape.x, v_shape.y) * 0.6, 0.1);
    vec2 q = abs(v_at) - v_shape.xy + radius;
    float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
    float dark = v_shape.z * pow(1.0 - smoothstep(-0.004, v_shape.w, outside), 1.6);
    out_colour = vec4(vec3(1.0 - dark), 1.0);
}
