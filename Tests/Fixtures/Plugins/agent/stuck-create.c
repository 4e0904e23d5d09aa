/* Faulty: `create` never returns. */
#define FIXTURE_CREATE create
#include <unistd.h>

#include "fixture.h"

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  (void)setup, (void)plugin, (void)failure;
  for (;;) pause();
  return JACKFIELD_INTERNAL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "never"); }
