/* Hostile: ends the process with exit code 0 while it is loaded. */
#define HOSTILE_AT_LOAD
#include "exit-zero.c"
