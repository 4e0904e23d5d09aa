/* Hostile: aborts. */
#include "hostile.h"

static void attack(void) { abort(); }
