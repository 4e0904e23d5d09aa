/* Hostile: serves well, and is never done with `drain`. */
#define HOSTILE_AT_DRAIN
#include "endless-loop.c"
