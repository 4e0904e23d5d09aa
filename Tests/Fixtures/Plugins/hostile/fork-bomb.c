/*
 * Hostile: makes processes in every way that there is. Where one is let through the child ends at once, and the bomb
 * does not go off; the report says so.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sched.h>

static int leave(void *argument) {
  (void)argument;
  _exit(0);
}

static void attack(void) {
  static char stack[65536] __attribute__((aligned(16)));
  forked("fork", fork());
#ifdef SYS_fork
  forked("the call fork", syscall(SYS_fork));
#endif
  /* Bare calls with flags of threads would share this stack: only what copies it is called so. */
  forked("the call clone", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  forked("a sibling", clone(leave, stack + sizeof stack, CLONE_PARENT | SIGCHLD, NULL));
  forked("shared memory", clone(leave, stack + sizeof stack, CLONE_VM | SIGCHLD, NULL));
  forked("like vfork", clone(leave, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL));
}
