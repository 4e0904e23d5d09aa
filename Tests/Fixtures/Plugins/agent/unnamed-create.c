/* Faulty: fails in create with a code outside the closed list, and a reason that is not UTF-8 and does not end. */
#define FIXTURE_CREATE create
#include "fixture.h"

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  (void)setup, (void)plugin;
  failure->code = -77;
  memset(failure->message, 0xff, sizeof failure->message);
  return 4711;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
