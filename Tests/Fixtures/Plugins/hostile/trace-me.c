/* Hostile: declares its parent to be its debugger, so that each of its signals stops it until the host says go on. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/ptrace.h>

static void attack(void) { tried("PTRACE_TRACEME", ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
