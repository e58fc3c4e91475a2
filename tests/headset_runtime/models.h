// IVRRenderModels: controllers that are boxes, and such as no driver should have.
//
// "sim_plain" is one box without components, its texture magenta. "sim_parts" has a body, a trigger
// that moves, and a tip, which is a place only. What else is known says what is wrong with it.

#pragma once


constexpr int LOADING = 100, INVALID_MODEL = 301, INVALID_TEXTURE = 400;
constexpr uint32_t IS_STATIC = 1, IS_VISIBLE = 2;
constexpr int MAGENTA = 7, STRIPES = 8, COMPRESSED = 9, NO_TEXTURE = 10, WIDE = 11;
constexpr uint32_t NO_DEVICE = 0xFFFFFFFF;

struct Box {
    std::vector<ModelVertex> vertices;
    std::vector<uint16_t> indices;
    Model model;
};

inline void make_box(Box &box, const float low[3], const float high[3], int texture) {
    for (int axis = 0; axis < 3; axis++)
        for (int side = 0; side < 2; side++) {
            uint16_t first = static_cast<uint16_t>(box.vertices.size());
            for (int corner = 0; corner < 4; corner++) {
                ModelVertex vertex = {};
                int u = corner & 1, v = corner >> 1, across = (axis + 1) % 3, up = (axis + 2) % 3;
                vertex.position[axis] = side ? high[axis] : low[axis];
                vertex.position[across] = u ? high[across] : low[across];
                vertex.position[up] = v ? high[up] : low[up];
                vertex.normal[axis] = side ? 1.0f : -1.0f;
                vertex.uv[0] = u;
                vertex.uv[1] = v;
                box.vertices.push_back(vertex);
            }
            for (uint16_t corner : {0, 1, 2, 2, 1, 3}) box.indices.push_back(first + corner);
        }
    box.model = {box.vertices.data(), static_cast<uint32_t>(box.vertices.size()),
                 box.indices.data(), static_cast<uint32_t>(box.indices.size() / 3), texture};
}

std::map<std::string, int> waited_for;  // by what is being loaded
std::map<const void *, int> given;  // what is out, and how often

bool still_loading(const std::string &what) {
    shared->model_asks++;
    return waited_for[what]++ < shared->model_waits;
}

int load_model(const char *name, Model **model) {
    require_alive("loadRenderModel_Async");
    static std::map<std::string, Box> boxes;
    std::string asked = name;
    *model = nullptr;
    if (asked == "sim_never" || still_loading(asked)) return LOADING;
    if (asked.rfind("sim_", 0) || asked == "sim_missing" || asked == "sim_parts") return INVALID_MODEL;
    if (asked == "sim_unheard_of") return 12345;  // no code that a header names
    Box &box = boxes[asked];
    if (box.vertices.empty()) {
        bool trigger = asked == "sim_trigger";
        const float low[3] = {-0.03f, trigger ? -0.06f : -0.02f, trigger ? -0.06f : -0.05f};
        const float high[3] = {0.03f, trigger ? -0.04f : 0.02f, trigger ? -0.04f : 0.05f};
        int texture = trigger ? STRIPES : MAGENTA;
        if (asked == "sim_bare") texture = -1;
        if (asked == "sim_compressed") texture = COMPRESSED;
        if (asked == "sim_lost_texture") texture = NO_TEXTURE;
        if (asked == "sim_wide_texture") texture = WIDE;
        make_box(box, low, high, texture);
        if (asked == "sim_junk_index") box.indices[5] = 24;
        if (asked == "sim_nan") box.vertices[3].position[1] = std::nanf("");
        if (asked == "sim_nan_uv") box.vertices[3].uv[1] = std::nanf("");
        if (asked == "sim_mile") box.vertices[3].position[1] = 1609.0f;
        if (asked == "sim_huge_vertices") box.model.vertex_count = 0xFFFFFFF0;
        if (asked == "sim_huge_triangles") box.model.triangles = 0x7FFFFFFF;
        if (asked == "sim_nothing") box.model.vertex_count = box.model.triangles = 0;
        if (asked == "sim_null") box.model.vertices = nullptr;
    }
    shared->models_given++;
    given[&box.model]++;
    *model = &box.model;
    return 0;
}

void give_back(const void *thing, const char *what, uint32_t &freed) {
    require_alive(what);
    if (given[thing] <= 0) fault("what was not given is freed");
    given[thing]--;
    freed++;
}

void free_model(Model *model) { give_back(model, "freeRenderModel", shared->models_freed); }

int load_texture(int number, ModelTexture **texture) {
    require_alive("loadTexture_Async");
    static std::map<int, ModelTexture> textures;
    static std::vector<uint8_t> magenta, stripes, wide;
    *texture = nullptr;
    if (still_loading("texture " + std::to_string(number))) return LOADING;
    if (number == NO_TEXTURE) return INVALID_TEXTURE;
    if (magenta.empty()) {
        for (int texel = 0; texel < 64 * 32; texel++)
            for (uint8_t code : {255, 0, 255, 255}) magenta.push_back(code);
        for (int texel = 0; texel < 16 * 16; texel++)
            for (uint8_t code : {0, 255, 0, 255}) stripes.push_back(code);
        for (int texel = 0; texel < 2048 * 1536; texel++)
            for (uint8_t code : {texel % 2 ? 0 : 255, 0, 255, 255})
                wide.push_back(static_cast<uint8_t>(code));
    }
    if (number == MAGENTA) textures[number] = {64, 32, magenta.data(), 0, 1};
    if (number == STRIPES) textures[number] = {16, 16, stripes.data(), 0, 1};
    if (number == COMPRESSED) textures[number] = {64, 32, magenta.data(), 3, 1};
    if (number == WIDE) textures[number] = {2048, 1536, wide.data(), 0, 1};
    shared->textures_given++;
    given[&textures[number]]++;
    *texture = &textures[number];
    return 0;
}

void free_texture(ModelTexture *texture) {
    give_back(texture, "freeTexture", shared->textures_freed);
}

// ---------------------------------------------------------------- components

const char *const COMPONENTS[3][2] = {
    {"body", "sim_body"}, {"trigger", "sim_trigger"}, {"tip", ""},
};

bool has_parts(const char *name) {
    return !std::strcmp(name, "sim_parts") || !std::strcmp(name, "sim_broken_part");
}

uint32_t told(const char *text, char *buffer, uint32_t size) {
    uint32_t length = static_cast<uint32_t>(std::strlen(text)) + 1;
    if (buffer && size >= length) std::memcpy(buffer, text, length);
    return length == 1 ? 0 : length;
}

uint32_t component_count(const char *name) {
    require_alive("getComponentCount");
    return has_parts(name) ? 3 : 0;
}

uint32_t component_name(const char *name, uint32_t number, char *buffer, uint32_t size) {
    return has_parts(name) && number < 3 ? told(COMPONENTS[number][0], buffer, size) : 0;
}

uint32_t component_model(const char *name, const char *component, char *buffer, uint32_t size) {
    for (const auto &one : COMPONENTS)
        if (has_parts(name) && !std::strcmp(one[0], component)) {
            bool broken = !std::strcmp(name, "sim_broken_part") && !std::strcmp(one[0], "trigger");
            return told(broken ? "sim_nan" : one[1], buffer, size);
        }
    return 0;
}

bool component_state(const char *name, const char *component, uint64_t, const void *,
                     ComponentState *state) {
    require_alive("getComponentStateForDevicePath");
    if (!has_parts(name)) return false;
    *state = {IDENTITY, IDENTITY, IS_VISIBLE | IS_STATIC};
    if (!std::strcmp(component, "trigger")) {
        for (int axis = 0; axis < 3; axis++)
            state->device_from_component.m[axis][3] = shared->trigger_way[axis];
        state->properties = shared->trigger_hidden ? 0 : IS_VISIBLE;
    }
    return true;
}

// ---------------------------------------------------------------- which controller

uint32_t device_of_role(int role) {
    require_alive("getTrackedDeviceIndexForControllerRole");
    return role >= 1 && role <= 2 && shared->valid[role] ? role : NO_DEVICE;
}

uint32_t string_property(uint32_t device, int property, char *buffer, uint32_t size, int *error) {
    require_alive("getStringTrackedDeviceProperty");
    const char *name = "";
    if (device < DEVICES && property == 1003) name = shared->models[device];
    if ((device == 1 || device == 2) && property == 7000) name = shared->family;  // ControllerType
    *error = !name[0] ? 4 : size <= std::strlen(name) ? 3 : 0;  // UnknownProperty, BufferTooSmall
    return name[0] ? told(name, buffer, size) : 0;
}
