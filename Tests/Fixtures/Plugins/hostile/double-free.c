/* Hostile: frees its memory twice, and the C library ends the process. */
#include "hostile.h"

static void attack(void) {
  void *volatile memory = malloc(4096); /* too large for the per-thread cache, so that it is noticed at once */
  void *volatile same = memory;
  free(memory);
  free(same);
}
