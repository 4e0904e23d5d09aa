/* Faulty: an exporter that takes a call and never says anything, also when it is cancelled. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_EXPORTER, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  (void)self, (void)start;
  return JACKFIELD_OK;
}
