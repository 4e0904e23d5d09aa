/* Faulty: `drain` never returns. It ends the process if another [control] function is called meanwhile. */
#define FIXTURE_DRAIN drain
#define FIXTURE_CLOSE close_or_destroy
#define FIXTURE_DESTROY close_or_destroy
#include <unistd.h>

#include "fixture.h"

static void drain(void *instance, int64_t deadline) {
  (void)instance, (void)deadline;
  for (;;) pause();
}

static void close_or_destroy(void *instance) {
  (void)instance;
  fputs("stuck-drain: called while `drain` has not returned\n", stderr);
  abort();
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  answer(self, start->call, "as always");
  return JACKFIELD_OK;
}
