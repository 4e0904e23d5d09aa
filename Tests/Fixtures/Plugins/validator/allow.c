/* A good validator that lets everything through. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_validator_verdict verdict = {0};
  jackfield_build(&b, sizeof verdict);
  verdict.action = JACKFIELD_ACTION_ALLOW;
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &verdict));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
