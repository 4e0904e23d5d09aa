/* Faulty: a well-formed verdict without sense: texts that were not sent, more settled than there is, an unknown action. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_validator_verdict verdict = {0};
  jackfield_validator_finding finding = {0};
  jackfield_validator_rewrite rewrite = {0};
  jackfield_validator_settled settled = {0};
  jackfield_build(&b, sizeof verdict);
  verdict.action = 77;
  verdict.findings = jackfield_build_list(&b, 1, sizeof finding);
  verdict.rewrites = jackfield_build_list(&b, 1, sizeof rewrite);
  verdict.settled = jackfield_build_list(&b, 1, sizeof settled);
  finding.action = JACKFIELD_ACTION_REDACT;
  finding.segment = 1000000;
  finding.start = 0xfffffff0u;
  finding.length = 0x20;
  finding.rule = jackfield_build_string(&b, "fixture.nonsense");
  finding.message = jackfield_build_string(&b, "Nonsense.");
  rewrite.segment = 1000000;
  rewrite.text = jackfield_build_string(&b, "nonsense");
  settled.bytes = UINT64_MAX;
  jackfield_build_set(&b, verdict.findings, 0, &finding);
  jackfield_build_set(&b, verdict.rewrites, 0, &rewrite);
  jackfield_build_set(&b, verdict.settled, 0, &settled);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &verdict));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
