/*
 * Hostile: sends a signal to all processes that there are, to the first of them, and to its own process group. The
 * signal is 0, which asks whether it may and does nothing: the machine that runs the tests must live.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  tried("all", kill(-1, 0));
  tried("process 1", kill(1, 0));
  tried("its group", kill(0, 0));
  tried("the host's group", kill(-getpgid(getppid()), 0));
}
