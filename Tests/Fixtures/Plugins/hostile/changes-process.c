/*
 * Hostile: changes what belongs to the whole process or thread: the place it stands in, the rights of new files, the
 * language, the environment, how numbers are rounded, and that dividing by zero is a signal.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <locale.h>
#include <sys/stat.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

static void attack(void) {
  tried("chdir", chdir("/usr/lib"));
  umask(0);
  setlocale(LC_ALL, "");
  tried("setenv", setenv("LD_PRELOAD", "/tmp/hostile.so", 1));
  tried("putenv", putenv("SWIFT_BACKTRACE=enable=yes"));
#if defined(__x86_64__)
  _mm_setcsr((_mm_getcsr() & ~0x680u) | 0x2000u); /* round down; invalid, division by zero and overflow are signals */
#endif
  note("\nchanged");
}
