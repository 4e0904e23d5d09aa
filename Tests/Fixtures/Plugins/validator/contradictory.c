/* Faulty: finds what must be blocked, and allows it. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_validator_verdict verdict = {0};
  jackfield_validator_finding finding = {0};
  jackfield_build(&b, sizeof verdict);
  verdict.action = JACKFIELD_ACTION_ALLOW;
  verdict.findings = jackfield_build_list(&b, 1, sizeof finding);
  finding.action = JACKFIELD_ACTION_BLOCK;
  finding.rule = jackfield_build_string(&b, "fixture.contradiction");
  finding.message = jackfield_build_string(&b, "This must be blocked, so it is allowed.");
  jackfield_build_set(&b, verdict.findings, 0, &finding);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &verdict));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
