/* Hostile: does not want the signal of a forbidden call, and makes one. The kernel then ends the process. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  /* The bare call: the C library's has exceptions of its own. */
  tried("rt_sigprocmask", syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, 8));
  tried("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
}
