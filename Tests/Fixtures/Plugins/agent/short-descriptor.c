/* Faulty: the descriptor says that it is shorter than the first release's. */
#define FIXTURE_SIZE 24
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
