/*
 * Faulty: says that it was made, but hands over a side without functions and with a size that is none; the reason that
 * it leaves behind does not end with NUL and is not UTF-8.
 */
#define FIXTURE_CREATE create
#include "fixture.h"

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  (void)setup;
  memset(plugin, 0, sizeof *plugin);
  plugin->size = 3;
  memset(failure->message, 0xff, sizeof failure->message);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
