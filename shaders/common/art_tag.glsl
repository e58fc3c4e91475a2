// Pictures in two tiers, as vr_client/render/picture_tiers.py packs them: layers of one array are
// whole pictures, or sixteen far ones side by side.
const uint ART_TILED = 0x20000000u; // below: a tile of a far layer, else a whole layer
const uint ART_LAYER = 0x00000FFFu;
const uint ART_TILE_SHIFT = 12u;
