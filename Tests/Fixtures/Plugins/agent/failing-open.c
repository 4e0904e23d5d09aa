/* Faulty: can be made but not opened, and says why. */
#define FIXTURE_OPEN open_
#include "fixture.h"

static int32_t open_(void *instance, jackfield_failure *failure) {
  (void)instance;
  return refuse(failure, JACKFIELD_UNAVAILABLE, "the fixture's door is stuck");
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
