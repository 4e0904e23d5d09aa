/* Hostile: calls itself without end. */
#include "hostile.h"

static int deeper(int depth) {
  volatile char page[4096];
  page[0] = (char)depth;
  if (depth < 0) return 0; /* never; the compiler must not see that */
  return deeper(depth + 1) + page[0];
}

static void attack(void) { note("%d", deeper(1)); }
