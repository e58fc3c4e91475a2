// A SteamVR runtime small enough to read: what the OpenVR client library loads as vrclient.so.
//
// It is driven, and tells what was asked of it, through one memory-mapped file whose layout is
// `Shared` in simulated_runtime.py. Which slot of a function table is which function comes from
// slots.h, written from the installed openvr package's own tables, so no version is assumed.
// Interface of the library's loader: IVRClientCore_003 of the OpenVR SDK (BSD 3-clause licence).

#include <cstdint>
#include <cstring>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "slots.h"

namespace {

constexpr int DEVICES = 3;  // head, left hand, right hand
constexpr int EVENTS = 16;
constexpr int ACTIONS = 16;
constexpr int NAME = 64;
constexpr int SIDE_MAX = 512;

struct Matrix34 { float m[3][4]; };
struct Pose {
    Matrix34 matrix;
    float velocity[3], angular[3];
    int32_t result;
    uint8_t valid, connected;
};
struct Texture { void *handle; int32_t type, colour_space; };
struct Bounds { float u_min, v_min, u_max, v_max; };
struct Digital { uint8_t active; uint64_t origin; uint8_t state, changed; float time; };
struct Analog { uint8_t active; uint64_t origin; float x, y, z, dx, dy, dz, time; };
struct PoseData { uint8_t active; uint64_t origin; Pose pose; };

struct Action { char name[NAME]; float left[2], right[2]; };
struct Eye {
    uint32_t submits, width, height, type, colour_space;
    float bounds[4];
    uint8_t pixels[SIDE_MAX * SIDE_MAX * 4];
};
struct Shared {
    // Written by the test.
    int32_t init_error, no_headset, compositor_error, input_available;
    uint32_t width, height;
    float raw[2][4];  // getProjectionRaw: left, right, top, bottom
    Matrix34 eye_to_head[2];
    Matrix34 poses[DEVICES];
    int32_t valid[DEVICES];
    float play_area[2];
    uint32_t events[EVENTS];
    uint32_t events_written;
    Action actions[ACTIONS];
    int32_t leave_gl_error;
    // Written here.
    uint32_t events_read;
    uint32_t inits, cleanups, waits, quits_acknowledged, handoffs, haptics, universe;
    uint32_t faults;
    char fault[256];
    char manifest[512];
    Eye eyes[2];
};

Shared *shared = nullptr;
bool alive = false;
uint32_t submitted_since_wait[2] = {0, 0};

void fault(const char *what) {
    if (!shared) return;
    shared->faults++;
    if (!shared->fault[0]) std::strncpy(shared->fault, what, sizeof shared->fault - 1);
}

void require_alive(const char *what) { if (!alive) fault(what); }

bool open_shared() {
    if (shared) return true;
    const char *path = std::getenv("ENDCAP_SIMULATED_HEADSET");
    if (!path) return false;
    int file = open(path, O_RDWR);
    if (file < 0) return false;
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return false;
    shared = static_cast<Shared *>(memory);
    return true;
}

// ---------------------------------------------------------------- system

void recommended_size(uint32_t *width, uint32_t *height) {
    require_alive("getRecommendedRenderTargetSize after shutdown");
    *width = shared->width;
    *height = shared->height;
}

void projection_raw(int eye, float *left, float *right, float *top, float *bottom) {
    require_alive("getProjectionRaw after shutdown");
    const float *raw = shared->raw[eye];
    *left = raw[0]; *right = raw[1]; *top = raw[2]; *bottom = raw[3];
}

Matrix34 eye_to_head(int eye) { return shared->eye_to_head[eye]; }

uint8_t poll_event(uint8_t *event, uint32_t size) {
    require_alive("pollNextEvent after shutdown");
    if (shared->events_read == shared->events_written) return 0;
    std::memset(event, 0, size);
    std::memcpy(event, &shared->events[shared->events_read++ % EVENTS], 4);
    return 1;
}

uint8_t input_available() { return shared->input_available != 0; }
uint8_t should_pause() { return 0; }
void acknowledge_quit() { shared->quits_acknowledged++; }

// ---------------------------------------------------------------- compositor

void set_tracking_space(int universe) { shared->universe = universe; }

Pose pose_of(int device) {
    Pose pose = {};
    pose.matrix = shared->poses[device];
    pose.valid = pose.connected = shared->valid[device] != 0;
    pose.result = pose.valid ? 200 : 1;
    return pose;
}

int wait_get_poses(Pose *render, uint32_t render_count, Pose *game, uint32_t game_count) {
    require_alive("waitGetPoses after shutdown");
    shared->waits++;
    submitted_since_wait[0] = submitted_since_wait[1] = 0;
    for (uint32_t i = 0; i < render_count; i++) render[i] = i < DEVICES ? pose_of(i) : Pose{};
    for (uint32_t i = 0; i < game_count; i++) game[i] = i < DEVICES ? pose_of(i) : Pose{};
    return 0;
}

template <typename Function> Function gl(const char *name) {
    static void *egl = dlopen("libEGL.so.1", RTLD_NOW);
    auto find = reinterpret_cast<void *(*)(const char *)>(dlsym(egl, "eglGetProcAddress"));
    return reinterpret_cast<Function>(find(name));
}

constexpr uint32_t GL_TEXTURE_WIDTH = 0x1000, GL_TEXTURE_HEIGHT = 0x1001;
constexpr uint32_t GL_TEXTURE_SAMPLES = 0x9106, GL_RGBA = 0x1908, GL_UNSIGNED_BYTE = 0x1401;

int submit(int eye, const Texture *texture, const Bounds *bounds, int) {
    require_alive("submit after shutdown");
    if (shared->waits == 0) fault("submit before the first waitGetPoses");
    if (eye < 0 || eye > 1) return 107;
    if (submitted_since_wait[eye]++) { fault("an eye submitted twice in a frame"); return 108; }
    if (shared->compositor_error) return shared->compositor_error;
    Eye &kept = shared->eyes[eye];
    kept.type = texture->type;
    kept.colour_space = texture->colour_space;
    Bounds whole = bounds ? *bounds : Bounds{0, 0, 1, 1};
    std::memcpy(kept.bounds, &whole, sizeof whole);
    uint32_t name = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(texture->handle));
    int width = 0, height = 0, samples = 0;
    auto parameter = gl<void (*)(uint32_t, int, uint32_t, int *)>("glGetTextureLevelParameteriv");
    parameter(name, 0, GL_TEXTURE_WIDTH, &width);
    parameter(name, 0, GL_TEXTURE_HEIGHT, &height);
    parameter(name, 0, GL_TEXTURE_SAMPLES, &samples);
    if (samples != 0) fault("a multisampled texture was submitted");
    if (width <= 0 || height <= 0 || width > SIDE_MAX || height > SIDE_MAX) return 102;
    kept.width = width;
    kept.height = height;
    auto image = gl<void (*)(uint32_t, int, uint32_t, uint32_t, int, void *)>("glGetTextureImage");
    image(name, 0, GL_RGBA, GL_UNSIGNED_BYTE, sizeof kept.pixels, kept.pixels);
    kept.submits++;
    if (shared->leave_gl_error)  // as real compositors do: somebody else's error, and a lost binding
        gl<void (*)(uint32_t)>("glEnable")(0xFFFF);
    return 0;
}

void post_present_handoff() { shared->handoffs++; }

// ---------------------------------------------------------------- chaperone and input

uint8_t play_area(float *x, float *z) {
    *x = shared->play_area[0];
    *z = shared->play_area[1];
    return *x > 0.0f;
}

int set_manifest(const char *path) {
    struct stat found;
    if (path[0] != '/') fault("the action manifest's path is not absolute");
    if (stat(path, &found) != 0) fault("the action manifest does not exist");
    std::strncpy(shared->manifest, path, sizeof shared->manifest - 1);
    return 0;
}

int set_handle(const char *, uint64_t *handle) { *handle = 1; return 0; }

int action_handle(const char *name, uint64_t *handle) {
    for (int i = 0; i < ACTIONS; i++) {
        Action &action = shared->actions[i];
        if (!action.name[0]) std::strncpy(action.name, name, NAME - 1);
        if (!std::strncmp(action.name, name, NAME - 1)) { *handle = i + 100; return 0; }
    }
    return 11;
}

int source_handle(const char *path, uint64_t *handle) {
    *handle = std::strstr(path, "left") ? 1 : 2;
    return 0;
}

int update_actions(const void *, uint32_t, uint32_t count) {
    require_alive("updateActionState after shutdown");
    if (count == 0) fault("updateActionState without a set");
    return 0;
}

const float *value_of(uint64_t action, uint64_t source) {
    static const float nothing[2] = {0, 0};
    if (action < 100 || action >= 100 + ACTIONS) { fault("an action that does not exist"); return nothing; }
    Action &found = shared->actions[action - 100];
    return source == 1 ? found.left : found.right;
}

int digital(uint64_t action, Digital *data, uint32_t, uint64_t source) {
    *data = {};
    data->active = 1;
    data->state = value_of(action, source)[0] > 0.5f;
    return 0;
}

int analog(uint64_t action, Analog *data, uint32_t, uint64_t source) {
    *data = {};
    data->active = 1;
    data->x = value_of(action, source)[0];
    data->y = value_of(action, source)[1];
    return 0;
}

int hand_pose(uint64_t, int, PoseData *data, uint32_t, uint64_t source) {
    *data = {};
    data->pose = pose_of(source == 1 ? 1 : 2);
    data->active = data->pose.valid;
    return 0;
}

int haptic(uint64_t, float, float, float, float, uint64_t) { shared->haptics++; return 0; }

// ---------------------------------------------------------------- tables

void unexpected() { fault("a function that the simulated runtime does not have"); }

template <int COUNT> struct Table {
    void *slots[COUNT];
    Table() { for (void *&slot : slots) slot = reinterpret_cast<void *>(&unexpected); }
    template <typename Function> void set(int slot, Function function) {
        slots[slot] = reinterpret_cast<void *>(function);
    }
};

Table<IVRSystem_COUNT> system_table;
Table<IVRCompositor_COUNT> compositor_table;
Table<IVRChaperone_COUNT> chaperone_table;
Table<IVRInput_COUNT> input_table;

void fill() {
    system_table.set(IVRSystem_getRecommendedRenderTargetSize, &recommended_size);
    system_table.set(IVRSystem_getProjectionRaw, &projection_raw);
    system_table.set(IVRSystem_getEyeToHeadTransform, &eye_to_head);
    system_table.set(IVRSystem_pollNextEvent, &poll_event);
    system_table.set(IVRSystem_isInputAvailable, &input_available);
    system_table.set(IVRSystem_shouldApplicationPause, &should_pause);
    system_table.set(IVRSystem_acknowledgeQuit_Exiting, &acknowledge_quit);
    compositor_table.set(IVRCompositor_setTrackingSpace, &set_tracking_space);
    compositor_table.set(IVRCompositor_waitGetPoses, &wait_get_poses);
    compositor_table.set(IVRCompositor_submit, &submit);
    compositor_table.set(IVRCompositor_postPresentHandoff, &post_present_handoff);
    chaperone_table.set(IVRChaperone_getPlayAreaSize, &play_area);
    input_table.set(IVRInput_setActionManifestPath, &set_manifest);
    input_table.set(IVRInput_getActionSetHandle, &set_handle);
    input_table.set(IVRInput_getActionHandle, &action_handle);
    input_table.set(IVRInput_getInputSourceHandle, &source_handle);
    input_table.set(IVRInput_updateActionState, &update_actions);
    input_table.set(IVRInput_getDigitalActionData, &digital);
    input_table.set(IVRInput_getAnalogActionData, &analog);
    input_table.set(IVRInput_getPoseActionDataForNextFrame, &hand_pose);
    input_table.set(IVRInput_triggerHapticVibrationAction, &haptic);
}

bool named(const char *asked, const char *name) { return std::strstr(asked, name) != nullptr; }

void *table_of(const char *name) {
    if (named(name, "IVRSystem_")) return system_table.slots;
    if (named(name, "IVRCompositor_")) return compositor_table.slots;
    if (named(name, "IVRChaperone_")) return chaperone_table.slots;
    if (named(name, "IVRInput_")) return input_table.slots;
    return nullptr;
}

class ClientCore {
public:
    virtual int Init(int, const char *) {
        if (shared->init_error) return shared->init_error;
        shared->inits++;
        alive = true;
        return 0;
    }
    virtual void Cleanup() { shared->cleanups++; alive = false; }
    virtual int IsInterfaceVersionValid(const char *name) { return table_of(name) ? 0 : 105; }
    virtual void *GetGenericInterface(const char *name, int *error) {
        void *table = std::strncmp(name, "FnTable:", 8) == 0 ? table_of(name) : nullptr;
        if (error) *error = table ? 0 : 105;
        return table;
    }
    virtual bool BIsHmdPresent() { return !shared->no_headset; }
    virtual const char *GetEnglishStringForHmdError(int) { return "simulated failure (7)"; }
    virtual const char *GetIDForVRInitError(int) { return "VRInitError_Simulated"; }
};

ClientCore core;

}  // namespace

extern "C" __attribute__((visibility("default"))) void *VRClientCoreFactory(
    const char *name, int *error) {
    if (!open_shared() || std::strcmp(name, "IVRClientCore_003") != 0) {
        if (error) *error = 105;
        return nullptr;
    }
    fill();
    if (error) *error = 0;
    return &core;
}
