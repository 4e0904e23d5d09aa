/* Plays revision 2 of its role in the descriptor alone: plugin.json says 1. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_AGENT, 2, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
