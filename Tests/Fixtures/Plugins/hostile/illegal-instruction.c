/* Hostile: runs into an instruction that is none. */
#include "hostile.h"

static void attack(void) { __builtin_trap(); }
