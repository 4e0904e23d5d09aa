/* Hostile: sends itself SIGKILL, which nobody can catch. */
#include "hostile.h"

static void attack(void) {
  if (tried("kill", kill(getpid(), SIGKILL)) == 0) pause();
}
