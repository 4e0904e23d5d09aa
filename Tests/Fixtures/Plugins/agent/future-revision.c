/* Faulty: needs a revision of the ABI that no host has yet. */
#define FIXTURE_ABI_REVISION 900
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
