/* Faulty: a provider that answers "cancelled", although nobody has cancelled anything. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  fail(self, start->call, JACKFIELD_CANCELLED, "the fixture has lost interest");
  return JACKFIELD_OK;
}
