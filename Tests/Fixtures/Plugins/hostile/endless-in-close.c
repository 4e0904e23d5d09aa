/* Hostile: serves well, and is never done with `close`. */
#define HOSTILE_AT_CLOSE
#include "endless-loop.c"
