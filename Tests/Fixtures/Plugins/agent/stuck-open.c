/* Faulty: `open` never returns. It ends the process if another [control] function is called meanwhile. */
#define FIXTURE_OPEN open_forever
#define FIXTURE_DRAIN drain
#define FIXTURE_CLOSE close_or_destroy
#define FIXTURE_DESTROY close_or_destroy
#include <unistd.h>

#include "fixture.h"

static int32_t open_forever(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  for (;;) pause();
  return JACKFIELD_INTERNAL;
}

static void close_or_destroy(void *instance) {
  (void)instance;
  fputs("stuck-open: called while `open` has not returned\n", stderr);
  abort();
}

static void drain(void *instance, int64_t deadline) {
  (void)deadline;
  close_or_destroy(instance);
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "never"); }
