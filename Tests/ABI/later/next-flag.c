/* Sets a flag of the descriptor that has no meaning yet. */
#define FIXTURE_FLAGS 2u
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
