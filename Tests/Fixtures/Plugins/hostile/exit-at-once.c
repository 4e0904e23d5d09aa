/* Hostile: leaves with exit code 7, past everything that runs at an ordinary exit. */
#include "hostile.h"

static void attack(void) { _exit(7); }
