/*
 * Leaves a trace on standard error as soon as it is mapped, before anybody calls it: whoever has not read it knows that
 * no code of this plugin has run.
 */
#include <unistd.h>

#include "fixture.h"

#define TRACE "traced: the constructor ran\n"

__attribute__((constructor)) static void trace(void) {
  ssize_t written = write(2, TRACE, sizeof TRACE - 1);
  (void)written;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  say(self, start->call, "traced one");
  return done(self, start->call);
}
