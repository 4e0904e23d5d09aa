/*
 * Hostile: calls the kernel by its third set of numbers, x32, which a filter for x86-64 may forget. Elsewhere: no such
 * call.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
#if defined(__x86_64__)
  tried("getpid by x32", syscall(0x40000000 | SYS_getpid));
#else
  note("no such call");
#endif
}
