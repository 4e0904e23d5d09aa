/* Hostile: serves well, and dies when it is closed. */
#define HOSTILE_AT_CLOSE
#include "segfault.c"
