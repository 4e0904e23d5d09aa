/* Faulty: takes a call, says nothing more, and does not listen when it is cancelled. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  (void)self, (void)start;
  return JACKFIELD_OK;
}
