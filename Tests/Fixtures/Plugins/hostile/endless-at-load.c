/* Hostile: is never done with being loaded. */
#define HOSTILE_AT_LOAD
#include "endless-loop.c"
