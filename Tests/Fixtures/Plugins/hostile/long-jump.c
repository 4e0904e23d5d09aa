/* Hostile: jumps out of a call into a function that returned long ago. */
#include "hostile.h"

#include <setjmp.h>

static jmp_buf there;

__attribute__((noinline)) static void leave_a_mark(void) {
  if (setjmp(there) != 0) abort(); /* what lies on the stack here is somebody else's now */
}

static void attack(void) {
  leave_a_mark();
  longjmp(there, 1);
}
