/* Hostile: may block, answers, and then stays in `start` for ever. */
#define FIXTURE_FLAGS JACKFIELD_MAY_BLOCK
#define FIXTURE_CONCURRENCY 1
#include <unistd.h>

#include "fixture.h"

static volatile int for_ever = 1;

static int32_t invoke(fixture *self, const jackfield_start *start) {
  answer(self, start->call, "answered, and never back");
  while (for_ever) pause();
  return JACKFIELD_OK;
}
