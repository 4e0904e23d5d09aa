/* Hostile: dies in `open`. */
#define HOSTILE_AT_OPEN
#include "segfault.c"
