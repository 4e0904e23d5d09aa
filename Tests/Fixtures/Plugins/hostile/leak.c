/*
 * Hostile: takes memory, writes to all of it, and gives nothing back, until there is no more. It says how much it was,
 * in steps of 64 MiB, and lives on that. It stops by itself at 4 GiB: the machine that runs the tests must live.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  const size_t step = 64 << 20, limit = (size_t)4 << 30;
  size_t taken = 0;
  while (taken < limit) {
    char *memory = malloc(step);
    if (memory == NULL) break;
    for (size_t i = 0; i < step; i += 4096) ((volatile char *)memory)[i] = 1;
    taken += step;
  }
  int why = errno; /* before anything else is called */
  note("%s after %zu MiB", taken < limit ? strerrorname_np(why) : "nobody minded", taken >> 20);
}
