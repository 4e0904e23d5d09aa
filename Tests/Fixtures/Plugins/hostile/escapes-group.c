/* Hostile: leaves its process group and its session, so that whoever ends those does not end it. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  tried("setsid", setsid());
  tried("setpgid", setpgid(0, 0));
  tried("setpgid to the host's", setpgid(0, getpgid(getppid())));
}
