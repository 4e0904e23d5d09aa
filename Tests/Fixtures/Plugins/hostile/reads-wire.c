/* Hostile: reads from the wire itself, so that the runner never gets what the host said. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static char bytes[65536];
  while (read(3, bytes, sizeof bytes) != 0) {
  }
}
