/* Hostile: divides by zero, which is a signal on x86-64; elsewhere it raises that signal. */
#include "hostile.h"

static volatile int zero;

static void attack(void) {
#if defined(__x86_64__)
  zero = 7 / zero;
#else
  raise(SIGFPE + zero);
#endif
}
