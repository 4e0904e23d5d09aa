/* Faulty: says of the whole first text that it is to be redacted and may go, and does not say how to redact it. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_validator_check check;
  jackfield_validator_verdict verdict = {0};
  jackfield_validator_finding finding = {0};
  jackfield_validator_segment segment = {{0, 0}, {0, 0}};
  jackfield_read(start->request, &check, sizeof check);
  jackfield_build(&b, sizeof verdict);
  verdict.action = JACKFIELD_ACTION_REDACT;
  verdict.settled = jackfield_build_list(&b, check.segments.count, sizeof(jackfield_validator_settled));
  for (uint32_t i = 0; i < check.segments.count; i++) {
    jackfield_read_element(start->request, check.segments, i, &segment, sizeof segment);
    jackfield_validator_settled settled = {segment.text.length};
    jackfield_build_set(&b, verdict.settled, i, &settled);
    if (i == 0) finding.length = segment.text.length;
  }
  verdict.findings = jackfield_build_list(&b, 1, sizeof finding);
  finding.action = JACKFIELD_ACTION_REDACT;
  finding.rule = jackfield_build_string(&b, "fixture.everything");
  finding.message = jackfield_build_string(&b, "All of this is to be redacted.");
  jackfield_build_set(&b, verdict.findings, 0, &finding);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &verdict));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
