/* Hostile: wants no signal that asks it to end: ignores some, blocks the rest, and answers. Only SIGKILL is left. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static const int asked[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGXFSZ};
  sigset_t all;
  for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) signal(asked[i], SIG_IGN);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
  note("ignores %zu", sizeof asked / sizeof *asked);
}
