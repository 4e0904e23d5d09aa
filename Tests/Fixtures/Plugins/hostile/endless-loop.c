/* Hostile: never comes back from a call, and burns a core all the while. */
#include "hostile.h"

static atomic_ulong turns;

static void attack(void) {
  for (;;) atomic_fetch_add(&turns, 1);
}
