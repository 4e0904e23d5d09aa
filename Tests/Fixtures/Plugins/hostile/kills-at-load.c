/* Hostile: sends signals while it is loaded, in the hope that the doors are closed only later. */
#define HOSTILE_AT_LOAD
#include "kills-host.c"
