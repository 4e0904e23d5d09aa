/*
 * Hostile: has the kernel send signals for it: as the owner of a descriptor it names the host, to which a signal goes
 * whenever something comes in. SIGURG, which is ignored by all who do not want it.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <asm/sockios.h>
#include <sys/ioctl.h>

static void attack(void) {
  int ends[2] = {-1, -1}, host = getppid();
  struct f_owner_ex owner = {F_OWNER_PID, host};
  timer_t timer;
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGURG};
  tried("pipe2", pipe2(ends, O_CLOEXEC));
  tried("F_SETOWN", fcntl(ends[0], F_SETOWN, host));
  tried("F_SETOWN_EX", fcntl(ends[0], F_SETOWN_EX, &owner));
  tried("FIOSETOWN", ioctl(ends[0], FIOSETOWN, &host));
  tried("F_SETSIG", fcntl(ends[0], F_SETSIG, SIGURG));
  /* glibc keeps the thread's number in a place without a public name. */
  event._sigev_un._tid = host;
  tried("timer_create", timer_create(CLOCK_MONOTONIC, &event, &timer));
  for (int i = 0; i < 2; i++)
    if (ends[i] >= 0) close(ends[i]);
}
