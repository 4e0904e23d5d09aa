/* Faulty: cannot be made, and says why. */
#define FIXTURE_CREATE create
#include "fixture.h"

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  (void)setup, (void)plugin;
  return refuse(failure, JACKFIELD_UNAVAILABLE, "the fixture has no flux capacitor");
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
