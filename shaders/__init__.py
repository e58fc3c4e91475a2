"""GLSL sources only, with `#include "common/..."`; `read(name)` gives one ready to compile.

May import: the standard library.
Never: imports anything of ours, or compiles.
"""
