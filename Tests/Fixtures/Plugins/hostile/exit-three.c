/* Hostile: leaves with exit code 3. */
#include "hostile.h"

static void attack(void) { exit(3); }
