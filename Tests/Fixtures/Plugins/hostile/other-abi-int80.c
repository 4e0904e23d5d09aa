/* Hostile: calls the kernel as a 32-bit program would, whose numbers mean other calls. Elsewhere: no such call. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
#if defined(__x86_64__)
  long result;
  long number = 20; /* getpid there, writev here */
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number) : "memory", "r8", "r9", "r10", "r11");
  errno = result < 0 ? (int)-result : 0;
  tried("getpid by int 0x80", result < 0 ? -1 : result);
#else
  note("no such call");
#endif
}
