// One eye, as vr_client/render/view_block.py writes it.
layout(std140, binding = 0) uniform View {
    mat4 clip_from_world;
    vec4 eye_time;  // eye position in metres, time in seconds
    vec4 eye_right; // unit vector
    vec4 eye_up;    // unit vector
};
