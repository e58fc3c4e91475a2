#include "common/art_tag.glsl"

// Texture coordinates in the array for uv 0..1 of the picture at `place`. `size` is the array's
// in texels; a far tile is a quarter of that, and no filter tap leaves it.
vec3 art_at(vec2 uv, uint place, vec2 size, float levels) {
    vec2 texels = size * 0.25;
    vec2 across = dFdx(uv) * texels, down = dFdy(uv) * texels;
    float layer = float(place & ART_LAYER);
    if ((place & ART_TILED) == 0u) return vec3(uv, layer);
    uint tile = (place >> ART_TILE_SHIFT) & 15u;
    float level = 0.5 * log2(max(max(dot(across, across), dot(down, down)), 1.0));
    vec2 rim = min(vec2(0.5 * exp2(ceil(min(level, levels)))) / texels, vec2(0.5));
    vec2 inside = clamp(uv, rim, 1.0 - rim);
    return vec3((vec2(tile & 3u, tile >> 2) + inside) * 0.25, layer);
}
