/* Hostile: is never done with `create`. */
#define HOSTILE_AT_CREATE
#include "endless-loop.c"
