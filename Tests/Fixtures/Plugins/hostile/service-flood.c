/*
 * Hostile: starts calls on a service as fast as it can, as many as the question says, and waits for none of them. The
 * timers that it asks for run for an hour. The answer is how many the host took and how many it refused.
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_TIMER, 1, 0)
#include <stdatomic.h>

#include "fixture.h"

static _Atomic uint64_t names;

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  long taken = 0, refused = 0;
  read_input(start, input, sizeof input);
  jackfield_builder b;
  jackfield_timer_after after = {.delay = (int64_t)3600 * 1000 * 1000 * 1000};
  jackfield_build(&b, sizeof after);
  jackfield_start ask = {.size = sizeof ask, .method = JACKFIELD_TIMER_AFTER, .parent = start->call};
  ask.request = jackfield_built(&b, &after);
  for (long i = strtol(input, NULL, 10); i > 0; i--) {
    ask.call = atomic_fetch_add(&names, 1) + 1;
    if (self->host->start(self->host->instance, &ask) == JACKFIELD_OK)
      taken++;
    else
      refused++;
  }
  jackfield_build_free(&b);
  snprintf(text, sizeof text, "%ld taken, %ld refused", taken, refused);
  return answer(self, start->call, text);
}
