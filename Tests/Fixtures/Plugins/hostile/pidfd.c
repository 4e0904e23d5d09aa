/* Hostile: takes a handle of the host's process, and through it the host's descriptors. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  int host = (int)syscall(SYS_pidfd_open, getppid(), 0);
  tried("pidfd_open", host);
  opened("pidfd_getfd", syscall(SYS_pidfd_getfd, host, 0, 0));
  tried("pidfd_send_signal", syscall(SYS_pidfd_send_signal, host, 0, NULL, 0));
  int own = (int)syscall(SYS_pidfd_open, getpid(), 0);
  tried("pidfd_open itself", own);
  if (host >= 0) close(host);
  if (own >= 0) close(own);
}
