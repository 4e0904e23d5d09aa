/*
 * Aborts at the first call, whichever it is: an agent's is to describe itself, before it is ready.
 */
#define FIXTURE_CREATE create_deadly
#include "fixture.h"

static int32_t start_and_die(void *instance, const jackfield_start *start) {
  (void)instance, (void)start;
  abort();
}

static int32_t create_deadly(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  int32_t status = fixture_create(setup, plugin, failure);
  plugin->start = start_and_die;
  return status;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "never"); }
