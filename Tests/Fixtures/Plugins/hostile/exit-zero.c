/* Hostile: leaves with exit code 0, as if its work were done. */
#include "hostile.h"

static void attack(void) { exit(0); }
