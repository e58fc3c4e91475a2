// What the runtime shares with the test that drives it, and the OpenVR structures that it fills.
// simulated_runtime.py has the same `Shared`, field for field.

#pragma once

#include <cstdint>

constexpr int DEVICES = 3;  // head, left hand, right hand
constexpr int EVENTS = 16;
constexpr int ACTIONS = 24;
constexpr int NAME = 64;
constexpr int SIDE_MAX = 512;
constexpr int CALLS = 4096;
constexpr int HIDDEN_MAX = 8;
constexpr int APPLICATIONS = 4;
constexpr int SEATED = 0, UNIVERSES = 2;

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

struct ModelVertex { float position[3], normal[3], uv[2]; };
#pragma pack(push, 4)  // as openvr.h has them on Linux
struct Model {
    const ModelVertex *vertices;
    uint32_t vertex_count;
    const uint16_t *indices;
    uint32_t triangles;
    int32_t texture;
};
struct ModelTexture {
    uint16_t width, height;
    const uint8_t *texels;
    uint32_t format;
    uint16_t levels;
};
#pragma pack(pop)
struct ComponentState { Matrix34 device_from_component, device_from_local; uint32_t properties; };

struct Event { uint32_t type, device; };
// An entry of SteamVR's list of applications.
struct Registered { char path[512]; char key[NAME]; int32_t temporary, overlay, starts; };
struct Action { char name[NAME]; float left[2], right[2]; int32_t bound[2]; };
struct Eye {
    uint32_t submits, width, height, type, colour_space;
    float bounds[4];
    uint8_t pixels[SIDE_MAX * SIDE_MAX * 4];
};
struct Shared {
    // Written by the test.
    int32_t init_error, no_headset, compositor_error, wait_error, input_available;
    uint32_t width, height;
    float raw[2][4];  // getProjectionRaw: left, right, top, bottom
    Matrix34 eye_to_head[2];
    Matrix34 poses[DEVICES];
    int32_t valid[DEVICES];
    float play_area[2];
    Event events[EVENTS];
    uint32_t events_written;
    Action actions[ACTIONS];
    int32_t leave_gl_error;
    int32_t bindings_decide;  // else a hand's pose is there wherever the hand is
    int32_t activity;
    int32_t unknown_application;
    float hidden[2][HIDDEN_MAX * 6];  // triangles of each eye
    uint32_t hidden_count[2];
    float display_hz, gpu_ms;  // what the whole recommended picture takes; 0: no timing
    char models[DEVICES][NAME];  // each device's render model; see models.h
    int32_t model_waits;  // so often each answers first that it is being loaded
    float trigger_way[3];  // where the trigger of "sim_parts" is moved to
    int32_t trigger_hidden, no_render_models;
    char family[NAME];  // of both controllers; empty: the driver does not say
    int32_t dead;  // what is called answers that it failed, as if vrserver had been killed
    // Written here.
    uint32_t events_read;
    uint32_t inits, cleanups, waits, quits_acknowledged, handoffs, haptics, universe;
    uint32_t faults;
    char fault[256];
    char manifest[512];
    char app_manifest[512], app_key[NAME];
    uint32_t app_temporary, app_process, named_after_actions;
    uint32_t resets[UNIVERSES];
    uint32_t models_given, models_freed, textures_given, textures_freed, model_asks;
    Registered registered[APPLICATIONS];
    uint32_t application_error;  // what addApplicationManifest answers, 0: it works
    uint32_t calls_made;
    char calls[CALLS];  // one letter each, in order; see Call
    Eye eyes[2];
};

enum Call : char {
    WAIT = 'w', SUBMIT_LEFT = 'l', SUBMIT_RIGHT = 'r', ACTIONS_READ = 'a', ACKNOWLEDGE = 'q',
    INIT = 'i', SHUTDOWN = 's', RECENTRE = 'z',
};
