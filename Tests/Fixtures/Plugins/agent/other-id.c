/* Faulty: the library says that it is another plugin than its plugin.json says. */
#undef FIXTURE_ID
#define FIXTURE_ID "agent/somebody-else"
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
