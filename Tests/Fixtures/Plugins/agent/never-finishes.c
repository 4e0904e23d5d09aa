/* Faulty: takes a call and says nothing more, until it is cancelled; then it finishes as it should. */
#define FIXTURE_CANCEL cancel
#include "fixture.h"

static int32_t cancel(void *instance, jackfield_call call) {
  return fail(instance, call, JACKFIELD_CANCELLED, "the fixture was cancelled");
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  (void)self, (void)start;
  return JACKFIELD_OK;
}
