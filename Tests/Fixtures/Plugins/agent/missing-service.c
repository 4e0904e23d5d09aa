/* Faulty: requires a service that no host offers. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE("jackfield.teleport", 1, JACKFIELD_REQUIRED)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
