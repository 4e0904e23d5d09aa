/* Requires revision 2 of a service, in plugin.json and in the descriptor. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_HTTP, 2, JACKFIELD_REQUIRED)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
