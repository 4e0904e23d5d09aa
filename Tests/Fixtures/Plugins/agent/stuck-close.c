/* Faulty: `close` never returns. It ends the process if it is destroyed meanwhile. */
#define FIXTURE_CLOSE close_forever
#define FIXTURE_DESTROY destroy
#include <unistd.h>

#include "fixture.h"

static void close_forever(void *instance) {
  (void)instance;
  for (;;) pause();
}

static void destroy(void *instance) {
  (void)instance;
  fputs("stuck-close: destroyed while `close` has not returned\n", stderr);
  abort();
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  answer(self, start->call, "as always");
  return JACKFIELD_OK;
}
