/* Hostile: leaves with exit code 4, and on the way out never comes to an end. */
#include "hostile.h"

static void linger(void) {
  for (;;) pause();
}

static void attack(void) {
  atexit(linger);
  exit(4);
}
