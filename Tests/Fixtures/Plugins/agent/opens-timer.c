/*
 * Uses a service of the host in `open`, as abi.h allows, and says on standard error what became of it.
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_TIMER, 1, 0)
#define FIXTURE_OPEN open_with_timer
#define FIXTURE_FINISH timer_finished
#include "fixture.h"

static int32_t open_with_timer(void *instance, jackfield_failure *failure) {
  fixture *self = instance;
  jackfield_timer_after after = {.size = sizeof after, .delay = 1000000};
  jackfield_start start = {.size = sizeof start, .method = JACKFIELD_TIMER_AFTER, .call = 7};
  start.request = (jackfield_view){.data = &after, .size = sizeof after};
  (void)failure;
  int32_t status = self->host->start(self->host->instance, &start);
  if (status != JACKFIELD_OK) fprintf(stderr, "opens-timer: refused with %d\n", status);
  return JACKFIELD_OK;
}

static int32_t timer_finished(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call;
  fprintf(stderr, "opens-timer: finished with %d\n", end->code);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "open"); }
