/* Hostile: reads the machine's users while it is loaded, in the hope that the doors are closed only later. */
#define HOSTILE_AT_LOAD
#include "reads-passwd.c"
