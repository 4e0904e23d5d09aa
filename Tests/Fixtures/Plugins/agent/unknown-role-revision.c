/* Faulty: plays a revision of its role that the host does not know. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_AGENT, 9, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
