/* A good agent that may block: it stays inside `start` on the host's worker thread until it has finished. */
#define FIXTURE_FLAGS JACKFIELD_MAY_BLOCK
#define FIXTURE_CONCURRENCY 2
#include <time.h>

#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  struct timespec moment = {0, 20 * 1000 * 1000};
  nanosleep(&moment, NULL);
  answer(self, start->call, "waited on a worker thread");
  return JACKFIELD_OK;
}
