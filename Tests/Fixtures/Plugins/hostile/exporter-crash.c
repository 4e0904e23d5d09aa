/* Hostile: an exporter that dies of the figures that it is given. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_EXPORTER, 1, 0)
#define HOSTILE_OWN_INVOKE
#include "segfault.c"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  (void)self, (void)start;
  hostile_attack();
  return JACKFIELD_OK;
}
