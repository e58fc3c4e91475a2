// A SteamVR runtime small enough to read: what the OpenVR client library loads as vrclient.so.
//
// It is driven, and tells what was asked of it, through one memory-mapped file whose layout is
// `Shared` in shared.h and simulated_runtime.py. Which slot of a function table is which function
// comes from slots.h, written from the installed openvr package's own tables, so no version is
// assumed.
// Interface of the library's loader: IVRClientCore_003 of the OpenVR SDK (BSD 3-clause licence).

#include <cmath>
#include <cstdio>
#include <cstdint>
#include <cstring>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <initializer_list>
#include <map>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "shared.h"
#include "slots.h"

namespace {

Shared *shared = nullptr;
bool alive = false;
bool waited = false;
uint32_t submitted_since_wait[2] = {0, 0};
Action latched[ACTIONS];  // what actions say until the next updateActionState
Matrix34 zero[UNIVERSES];  // raw space from each universe

void fault(const char *what) {
    if (!shared) return;
    shared->faults++;
    if (!shared->fault[0]) std::strncpy(shared->fault, what, sizeof shared->fault - 1);
}

// The library's real neighbour unloads itself at shutdown, and a call then ends the process; this
// one stays (-z nodelete) and remembers.
void require_alive(const char *what) {
    if (alive || !shared) return;
    char text[sizeof shared->fault];
    std::snprintf(text, sizeof text, "%s after shutdown", what);
    fault(text);
}

void record(Call call) {
    if (shared && shared->calls_made < CALLS) shared->calls[shared->calls_made++] = call;
}

bool open_shared() {
    static char mapped[512];
    const char *path = std::getenv("ENDCAP_SIMULATED_HEADSET");
    if (!path) return false;
    if (shared && !std::strcmp(mapped, path)) return true;
    int file = open(path, O_RDWR);
    if (file < 0) return false;
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return false;
    if (shared) munmap(shared, sizeof(Shared));
    std::strncpy(mapped, path, sizeof mapped - 1);
    shared = static_cast<Shared *>(memory);
    return true;
}

// ---------------------------------------------------------------- system

void recommended_size(uint32_t *width, uint32_t *height) {
    require_alive("getRecommendedRenderTargetSize");
    *width = shared->width;
    *height = shared->height;
}

void projection_raw(int eye, float *left, float *right, float *top, float *bottom) {
    require_alive("getProjectionRaw");
    const float *raw = shared->raw[eye];
    *left = raw[0]; *right = raw[1]; *top = raw[2]; *bottom = raw[3];
}

Matrix34 eye_to_head(int eye) {
    require_alive("getEyeToHeadTransform");
    return shared->eye_to_head[eye];
}

uint8_t poll_event(uint8_t *event, uint32_t size) {
    require_alive("pollNextEvent");
    if (shared->dead || shared->events_read == shared->events_written) return 0;
    std::memset(event, 0, size);
    std::memcpy(event, &shared->events[shared->events_read++ % EVENTS], sizeof(Event));
    return 1;
}

uint8_t input_available() {
    require_alive("isInputAvailable");
    return shared->input_available != 0;
}

int activity_level(uint32_t) {
    require_alive("getTrackedDeviceActivityLevel");
    return shared->activity;
}

struct Mesh { const float *corners; uint32_t triangles; };

Mesh hidden_area(int eye, int) {
    require_alive("getHiddenAreaMesh");
    uint32_t count = shared->hidden_count[eye];
    return {count ? shared->hidden[eye] : nullptr, count};
}

float float_property(uint32_t, int, int *error) {
    require_alive("getFloatTrackedDeviceProperty");
    if (error) *error = shared->display_hz > 0 ? 0 : 4;  // UnknownProperty
    return shared->display_hz;
}

uint8_t should_pause() { return 0; }

void acknowledge_quit() {
    require_alive("acknowledgeQuit_Exiting");
    record(ACKNOWLEDGE);
    shared->quits_acknowledged++;
}

// ---------------------------------------------------------------- compositor

void set_tracking_space(int universe) {
    require_alive("setTrackingSpace");
    shared->universe = universe;
}

const Matrix34 IDENTITY = {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};

Matrix34 seen_from(const Matrix34 &origin, const Matrix34 &matrix) {  // inverse(origin) * matrix
    Matrix34 result;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 4; column++) {
            float sum = 0;
            for (int k = 0; k < 3; k++) {
                float value = matrix.m[k][column] - (column == 3 ? origin.m[k][3] : 0);
                sum += origin.m[k][row] * value;
            }
            result.m[row][column] = sum;
        }
    return result;
}

void reset_zero_pose(int universe) {
    require_alive("resetZeroPose");
    if (universe < 0 || universe >= UNIVERSES) { fault("an unknown tracking universe"); return; }
    record(RECENTRE);
    shared->resets[universe]++;
    const Matrix34 &head = shared->poses[0];
    float yaw = std::atan2(head.m[0][2], head.m[2][2]);
    float height = universe == SEATED ? head.m[1][3] : 0;
    zero[universe] = {{{std::cos(yaw), 0, std::sin(yaw), head.m[0][3]},
                       {0, 1, 0, height},
                       {-std::sin(yaw), 0, std::cos(yaw), head.m[2][3]}}};
}

Pose pose_of(int device, int universe) {
    Pose pose = {};
    pose.matrix = seen_from(zero[universe], shared->poses[device]);
    pose.valid = pose.connected = shared->valid[device] != 0;
    pose.result = pose.valid ? 200 : 1;
    return pose;
}

int wait_get_poses(Pose *render, uint32_t render_count, Pose *game, uint32_t game_count) {
    require_alive("waitGetPoses");
    if (shared->dead) { waited = false; return 1; }
    record(WAIT);
    shared->waits++;
    waited = true;
    submitted_since_wait[0] = submitted_since_wait[1] = 0;
    for (uint32_t i = 0; i < render_count; i++)
        render[i] = i < DEVICES ? pose_of(i, shared->universe) : Pose{};
    for (uint32_t i = 0; i < game_count; i++)
        game[i] = i < DEVICES ? pose_of(i, shared->universe) : Pose{};
    return shared->wait_error;  // DoNotHaveFocus is a turn as well, a slower one
}

using Finder = void *(*)(const char *);

// Of the window system whose context is current, as a compositor in this process would have it.
Finder finder() {
    for (const char *library : {"libGLX.so.0", "libGL.so.1"}) {
        void *glx = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
        if (!glx) continue;
        auto current = reinterpret_cast<void *(*)()>(dlsym(glx, "glXGetCurrentContext"));
        void *find = dlsym(glx, "glXGetProcAddressARB");
        if (current && find && current()) return reinterpret_cast<Finder>(find);
    }
    void *egl = dlopen("libEGL.so.1", RTLD_NOW);
    return reinterpret_cast<Finder>(dlsym(egl, "eglGetProcAddress"));
}

template <typename Function> Function gl(const char *name) {
    return reinterpret_cast<Function>(finder()(name));
}

constexpr uint32_t GL_TEXTURE_WIDTH = 0x1000, GL_TEXTURE_HEIGHT = 0x1001;
constexpr uint32_t GL_TEXTURE_SAMPLES = 0x9106, GL_RGBA = 0x1908, GL_UNSIGNED_BYTE = 0x1401;

int submit(int eye, const Texture *texture, const Bounds *bounds, int) {
    require_alive("submit");
    if (!waited) fault("submit before waitGetPoses");
    if (shared->dead) return 1;
    if (eye < 0 || eye > 1) return 107;
    record(eye == 0 ? SUBMIT_LEFT : SUBMIT_RIGHT);
    if (submitted_since_wait[eye]++) { fault("an eye submitted twice in a frame"); return 108; }
    if (shared->compositor_error) return shared->compositor_error;
    if (shared->wait_error) return shared->wait_error;
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

struct FrameTiming {
    uint32_t size, frame, presents, mispresented, dropped, flags;
    double time;
    float pre_submit_gpu_ms, post_submit_gpu_ms, total_gpu_ms;
};

uint8_t frame_timing(FrameTiming *timing, uint32_t frames_ago) {
    require_alive("getFrameTiming");
    if (timing->size < sizeof(FrameTiming)) { fault("getFrameTiming without its size"); return 0; }
    if (shared->gpu_ms <= 0 || frames_ago || !shared->eyes[0].width) return 0;
    timing->frame = shared->waits;
    float share = float(shared->eyes[0].width * shared->eyes[0].height) /
                  float(shared->width * shared->height);
    timing->total_gpu_ms = shared->gpu_ms * share;
    return 1;
}

void post_present_handoff() { require_alive("postPresentHandoff"); shared->handoffs++; }

// ---------------------------------------------------------------- chaperone and input

uint8_t play_area(float *x, float *z) {
    require_alive("getPlayAreaSize");
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

int update_actions(const void *sets, uint32_t size, uint32_t count) {
    require_alive("updateActionState");
    uint64_t first = 0;
    if (sets && count && size >= sizeof first) std::memcpy(&first, sets, sizeof first);
    if (first != 1) fault("updateActionState without a set");
    if (shared->dead) return 7;  // IPCError
    record(ACTIONS_READ);
    std::memcpy(latched, shared->actions, sizeof latched);
    return 0;
}

const Action *action_of(uint64_t handle) {
    if (handle >= 100 && handle < 100 + ACTIONS) return &latched[handle - 100];
    fault("an action that does not exist");
    return &latched[0];
}

int digital(uint64_t handle, Digital *data, uint32_t, uint64_t source) {
    require_alive("getDigitalActionData");
    const Action *action = action_of(handle);
    *data = {};
    data->active = action->bound[source == 1 ? 0 : 1] != 0;
    // Whoever reads what is not active reads nonsense, as with the real one's stale states.
    data->state = data->active ? (source == 1 ? action->left : action->right)[0] > 0.5f : 1;
    return 0;
}

int analog(uint64_t handle, Analog *data, uint32_t, uint64_t source) {
    require_alive("getAnalogActionData");
    const Action *action = action_of(handle);
    const float *value = source == 1 ? action->left : action->right;
    *data = {};
    data->active = action->bound[source == 1 ? 0 : 1] != 0;
    data->x = data->active ? value[0] : 9.0f;
    data->y = data->active ? value[1] : 9.0f;
    return 0;
}

int hand_pose(uint64_t handle, int universe, PoseData *data, uint32_t, uint64_t source) {
    require_alive("getPoseActionDataForNextFrame");
    const Action *action = action_of(handle);
    *data = {};
    data->pose = pose_of(source == 1 ? 1 : 2, universe);
    data->active = data->pose.valid;
    if (shared->bindings_decide && !action->bound[source == 1 ? 0 : 1]) data->active = 0;
    return 0;
}

int haptic(uint64_t, float, float, float, float, uint64_t) {
    require_alive("triggerHapticVibrationAction");
    shared->haptics++;
    return 0;
}

// ---------------------------------------------------------------- applications

Registered *registered(const char *key) {
    for (Registered &one : shared->registered)
        if (one.key[0] && !std::strcmp(one.key, key)) return &one;
    return nullptr;
}

std::string read_whole(const char *path) {
    std::string text;
    if (std::FILE *file = std::fopen(path, "rb")) {
        char buffer[4096];
        while (size_t count = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, count);
        std::fclose(file);
    }
    return text;
}

// Manifests as json.dumps writes them, with one application each.
int add_manifest(const char *path, bool temporary) {
    require_alive("addApplicationManifest");
    struct stat found;
    if (shared->application_error) return shared->application_error;
    if (path[0] != '/' || stat(path, &found) != 0) return 107;  // InvalidManifest
    std::strncpy(shared->app_manifest, path, sizeof shared->app_manifest - 1);
    shared->app_temporary = temporary;
    std::string text = read_whole(path), opening = "\"app_key\": \"";
    size_t begin = text.find(opening);
    if (begin == std::string::npos) return 107;
    begin += opening.size();
    std::string key = text.substr(begin, text.find('"', begin) - begin);
    Registered *entry = registered(key.c_str());
    if (entry && std::strcmp(entry->path, path)) return 100;  // AppKeyAlreadyExists
    for (Registered &one : shared->registered)
        if (!entry && !one.key[0]) entry = &one;
    std::strncpy(entry->path, path, sizeof entry->path - 1);
    std::strncpy(entry->key, key.c_str(), NAME - 1);
    entry->temporary = temporary;
    entry->overlay = text.find("\"is_dashboard_overlay\": true") != std::string::npos;
    return 0;
}

int remove_manifest(const char *path) {
    require_alive("removeApplicationManifest");
    for (Registered &one : shared->registered)
        if (!std::strcmp(one.path, path)) { one = {}; return 0; }
    return 101;  // NoManifest
}

bool is_installed(const char *key) { require_alive("isApplicationInstalled"); return registered(key); }

int set_auto_launch(const char *key, bool starts) {
    require_alive("setApplicationAutoLaunch");
    Registered *entry = registered(key);
    if (!entry) return 104;  // UnknownApplication
    if (!entry->overlay || entry->temporary) return 108;  // InvalidApplication
    entry->starts = starts;
    return 0;
}

bool auto_launch(const char *key) {
    require_alive("getApplicationAutoLaunch");
    Registered *entry = registered(key);
    return entry && entry->starts;
}

int identify(uint32_t process, const char *key) {
    require_alive("identifyApplication");
    if (shared->unknown_application || !registered(key)) return 104;
    std::strncpy(shared->app_key, key, NAME - 1);
    shared->app_process = process;
    shared->named_after_actions = shared->manifest[0] != 0;
    return 0;
}

#include "models.h"

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
Table<IVRApplications_COUNT> applications_table;
Table<IVRRenderModels_COUNT> models_table;

void fill() {
    system_table.set(IVRSystem_getRecommendedRenderTargetSize, &recommended_size);
    system_table.set(IVRSystem_getProjectionRaw, &projection_raw);
    system_table.set(IVRSystem_getEyeToHeadTransform, &eye_to_head);
    system_table.set(IVRSystem_pollNextEvent, &poll_event);
    system_table.set(IVRSystem_isInputAvailable, &input_available);
    system_table.set(IVRSystem_getTrackedDeviceActivityLevel, &activity_level);
    system_table.set(IVRSystem_shouldApplicationPause, &should_pause);
    system_table.set(IVRSystem_acknowledgeQuit_Exiting, &acknowledge_quit);
    compositor_table.set(IVRCompositor_setTrackingSpace, &set_tracking_space);
    compositor_table.set(IVRCompositor_waitGetPoses, &wait_get_poses);
    compositor_table.set(IVRCompositor_submit, &submit);
    system_table.set(IVRSystem_getHiddenAreaMesh, &hidden_area);
    system_table.set(IVRSystem_getFloatTrackedDeviceProperty, &float_property);
    compositor_table.set(IVRCompositor_getFrameTiming, &frame_timing);
    compositor_table.set(IVRCompositor_postPresentHandoff, &post_present_handoff);
    chaperone_table.set(IVRChaperone_getPlayAreaSize, &play_area);
    chaperone_table.set(IVRChaperone_resetZeroPose, &reset_zero_pose);
    applications_table.set(IVRApplications_addApplicationManifest, &add_manifest);
    applications_table.set(IVRApplications_identifyApplication, &identify);
    applications_table.set(IVRApplications_removeApplicationManifest, &remove_manifest);
    applications_table.set(IVRApplications_isApplicationInstalled, &is_installed);
    applications_table.set(IVRApplications_setApplicationAutoLaunch, &set_auto_launch);
    applications_table.set(IVRApplications_getApplicationAutoLaunch, &auto_launch);
    system_table.set(IVRSystem_getTrackedDeviceIndexForControllerRole, &device_of_role);
    system_table.set(IVRSystem_getStringTrackedDeviceProperty, &string_property);
    models_table.set(IVRRenderModels_loadRenderModel_Async, &load_model);
    models_table.set(IVRRenderModels_freeRenderModel, &free_model);
    models_table.set(IVRRenderModels_loadTexture_Async, &load_texture);
    models_table.set(IVRRenderModels_freeTexture, &free_texture);
    models_table.set(IVRRenderModels_getComponentCount, &component_count);
    models_table.set(IVRRenderModels_getComponentName, &component_name);
    models_table.set(IVRRenderModels_getComponentRenderModelName, &component_model);
    models_table.set(IVRRenderModels_getComponentStateForDevicePath, &component_state);
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
    if (named(name, "IVRApplications_")) return applications_table.slots;
    if (named(name, "IVRRenderModels_") && !shared->no_render_models) return models_table.slots;
    return nullptr;
}

class ClientCore {
public:
    virtual int Init(int, const char *) {
        if (shared->init_error) return shared->init_error;
        shared->inits++;
        record(INIT);
        for (Matrix34 &origin : zero) origin = IDENTITY;
        std::memset(latched, 0, sizeof latched);
        waited_for.clear();
        given.clear();
        submitted_since_wait[0] = submitted_since_wait[1] = 0;
        alive = true;
        waited = false;
        return 0;
    }
    virtual void Cleanup() {
        shared->cleanups++;
        record(SHUTDOWN);
        alive = false;
        for (Registered &one : shared->registered)
            if (one.temporary) one = {};
    }
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
