/* Hostile: a validator that dies of what it is asked to look at. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#define HOSTILE_OWN_INVOKE
#include "segfault.c"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  (void)self, (void)start;
  hostile_attack();
  return JACKFIELD_OK;
}
