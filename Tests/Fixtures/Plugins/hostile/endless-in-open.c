/* Hostile: is never done with `open`. */
#define HOSTILE_AT_OPEN
#include "endless-loop.c"
