/* Hostile: dies in `create`. */
#define HOSTILE_AT_CREATE
#include "segfault.c"
