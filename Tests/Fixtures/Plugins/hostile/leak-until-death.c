/* Hostile: takes memory and writes to it without asking whether it got any. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  const size_t step = 16 << 20;
  for (size_t taken = 0; taken < (size_t)4 << 30; taken += step) {
    char *memory = malloc(step);
    for (size_t i = 0; i < step; i += 4096) ((volatile char *)memory)[i] = 1;
  }
  note("nobody minded");
}
