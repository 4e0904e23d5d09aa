/* Hostile: writes to address 0. */
#include "hostile.h"

static void attack(void) { *(volatile int *)NULL = 1; }
