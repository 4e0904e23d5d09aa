/* Run by `make test`. */
#include "host.h"

static jackfield_validator_verdict check(const char *config, const char *words, int is_last) {
  jackfield_builder b;
  jackfield_validator_check subject = {0};
  jackfield_validator_segment segment = {{0, 0}, {0, 0}};
  jackfield_validator_verdict verdict = {0};
  EXPECT(test_open(config) == JACKFIELD_OK);
  jackfield_build(&b, sizeof subject);
  subject.direction = JACKFIELD_DIRECTION_INPUT;
  subject.last = is_last ? 1 : 0;
  subject.segments = jackfield_build_list(&b, 1, sizeof segment);
  segment.role = jackfield_build_string(&b, "user");
  segment.text = jackfield_build_string(&b, words);
  jackfield_build_set(&b, subject.segments, 0, &segment);
  test_call(JACKFIELD_VALIDATOR_CHECK, jackfield_built(&b, &subject));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  if (test.code == JACKFIELD_OK) jackfield_read(test.result, &verdict, sizeof verdict);
  return verdict;
}

static uint64_t settled(jackfield_validator_verdict verdict) {
  jackfield_validator_settled bytes = {0};
  EXPECT(verdict.settled.count == 1);
  if (verdict.settled.count) jackfield_read_element(test.result, verdict.settled, 0, &bytes, sizeof bytes);
  return bytes.bytes;
}

static void redacts_a_word(void) {
  jackfield_validator_finding finding;
  jackfield_validator_rewrite rewrite;
  jackfield_validator_verdict verdict = check("{}", "This is CONFIDENTIAL, truly.", 1);
  EXPECT(verdict.action == JACKFIELD_ACTION_REDACT);
  EXPECT(verdict.findings.count == 1 && verdict.rewrites.count == 1);
  if (verdict.findings.count == 1 && verdict.rewrites.count == 1) {
    jackfield_read_element(test.result, verdict.findings, 0, &finding, sizeof finding);
    jackfield_read_element(test.result, verdict.rewrites, 0, &rewrite, sizeof rewrite);
    EXPECT(finding.start == 8 && finding.length == 12);
    EXPECT(test_equals(test.result, rewrite.text, "This is [redacted], truly."));
  }
  test_close();
}

static void lets_other_text_pass(void) {
  jackfield_validator_verdict verdict = check("{}", "Nothing to see.", 1);
  EXPECT(verdict.action == JACKFIELD_ACTION_ALLOW);
  EXPECT(verdict.findings.count == 0 && verdict.rewrites.count == 0);
  EXPECT(settled(verdict) == 15);
  test_close();
}

static void holds_back_what_may_become_a_word(void) {
  static const char config[] = "{\"words\": [\"secret\"], \"action\": \"block\"}";
  jackfield_validator_verdict verdict = check(config, "a sec", 0);
  EXPECT(verdict.action == JACKFIELD_ACTION_ALLOW && settled(verdict) == 0);
  test_close();
  verdict = check(config, "a secret then", 0);
  EXPECT(verdict.action == JACKFIELD_ACTION_BLOCK && settled(verdict) == 8);
  test_close();
}

static void never_cuts_a_character(void) {
  EXPECT(settled(check("{\"words\": [\"ab\"]}", "x\xc3\xa9", 0)) == 1);
  test_close();
}

int main(void) {
  redacts_a_word();
  lets_other_text_pass();
  holds_back_what_may_become_a_word();
  never_cuts_a_character();
  return test.failures == 0 ? 0 : 1;
}
