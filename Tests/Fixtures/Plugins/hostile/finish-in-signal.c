/*
 * Hostile: finishes its call in a signal handler, while the thread that was interrupted is inside the host itself and
 * may hold its locks: a timer strikes each 200 microseconds until one stroke came while the host was at work.
 */
#define HOSTILE_OWN_INVOKE
#include "hostile.h"

#include <sys/time.h>

static hostile_turn turn;
static volatile sig_atomic_t inside, answered;

FIXTURE_UNUSED static void attack(void) {}

static void strike(int signal) {
  (void)signal;
  if (!inside || answered) return;
  answered = 1;
  done(turn.self, turn.call);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  struct itimerval often = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
  struct sigaction action = {.sa_handler = strike, .sa_flags = SA_RESTART};
  turn.self = self;
  turn.call = start->call;
  answered = 0;
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &often, NULL);
  while (!answered) {
    inside = 1;
    int32_t status = say(self, start->call, "x");
    inside = 0;
    if (status == JACKFIELD_STALE) break;
  }
  setitimer(ITIMER_REAL, &never, NULL);
  return JACKFIELD_OK;
}
