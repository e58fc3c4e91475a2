#version 430

in vec2 in_position; // pixels from the top left
in vec2 in_uv;
in vec4 in_colour;

uniform vec2 size_px;

out vec2 v_uv;
out vec4 v_colour;

void main() {
    v_uv = in_uv;
    v_colour = in_colour;
    vec2 at = in_position / size_px * 2.0 - 1.0;
    gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
}
