/* Hostile: serves well, and dies when it is drained. */
#define HOSTILE_AT_DRAIN
#include "segfault.c"
