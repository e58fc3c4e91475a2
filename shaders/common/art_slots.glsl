#include "common/art_tag.glsl"

// Where the picture of far tile `tile` is now: in a layer of its own when it is near.
// slots: by tile, the layer of its near picture, 0 for none; far_first: the first far layer.
uint art_place(uint tile, usampler2D slots, uint far_first) {
    uint layer = texelFetch(slots, ivec2(tile & 255u, tile >> 8), 0).r;
    if (layer != 0u) return layer;
    return ART_TILED | ((tile & 15u) << ART_TILE_SHIFT) | (far_first + (tile >> 4));
}
