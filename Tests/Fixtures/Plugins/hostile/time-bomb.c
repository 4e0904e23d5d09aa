/* Hostile: answers, and has itself killed by an alarm a moment later. */
#include "hostile.h"

#include <sys/time.h>

static void attack(void) {
  struct itimerval soon = {.it_value = {.tv_usec = 20 * 1000}};
  sigset_t alarms;
  signal(SIGALRM, SIG_DFL);
  sigemptyset(&alarms);
  sigaddset(&alarms, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
  tried("setitimer", setitimer(ITIMER_REAL, &soon, NULL));
}
