/* A good validator that lets nothing through. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_VALIDATOR, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_validator_check check;
  jackfield_validator_verdict verdict = {0};
  jackfield_validator_finding finding = {0};
  jackfield_validator_segment segment = {{0, 0}, {0, 0}};
  jackfield_read(start->request, &check, sizeof check);
  if (check.segments.count)
    jackfield_read_element(start->request, check.segments, 0, &segment, sizeof segment);
  jackfield_build(&b, sizeof verdict);
  verdict.action = JACKFIELD_ACTION_BLOCK;
  verdict.findings = jackfield_build_list(&b, check.segments.count ? 1 : 0, sizeof finding);
  finding.action = JACKFIELD_ACTION_BLOCK;
  finding.severity = JACKFIELD_SEVERITY_CRITICAL;
  finding.length = segment.text.length;
  finding.rule = jackfield_build_string(&b, "fixture.everything");
  finding.message = jackfield_build_string(&b, "This validator lets nothing through.");
  jackfield_build_set(&b, verdict.findings, 0, &finding);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &verdict));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
