/*
 * Hostile: asks the time at the fixed address of old programs. No harm is in it, unless it dies there. Elsewhere:
 * nothing.
 */
#include "hostile.h"

#include <sys/time.h>

static void attack(void) {
#if defined(__x86_64__)
  struct timeval now = {0};
  int (*get)(struct timeval *, void *) = (int (*)(struct timeval *, void *))0xffffffffff600000ul;
  tried("vsyscall", get(&now, NULL));
#else
  note("no such call");
#endif
}
