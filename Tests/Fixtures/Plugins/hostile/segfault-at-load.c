/* Hostile: dies while it is loaded, before anybody has asked it anything. */
#define HOSTILE_AT_LOAD
#include "segfault.c"
