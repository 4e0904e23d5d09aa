/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

using jackfield::testing::Host;
namespace validator = jackfield::validator;

static validator::Verdict check(const char *config, const std::string &text, bool is_last) {
  Host host(jackfield_plugin_v1(), config);
  validator::Subject subject;
  subject.last = is_last;
  subject.segments.push_back({"user", text});
  auto run = host.call(JACKFIELD_VALIDATOR_CHECK, subject);
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  return run.result<validator::Verdict>();
}

static void redacts_a_word() {
  auto verdict = check("{}", "This is CONFIDENTIAL, truly.", true);
  JACKFIELD_EXPECT(verdict.action == validator::Action::redact);
  JACKFIELD_EXPECT(verdict.findings.size() == 1);
  JACKFIELD_EXPECT(verdict.findings[0].start == 8 && verdict.findings[0].length == 12);
  JACKFIELD_EXPECT(verdict.rewrites.size() == 1 && verdict.rewrites[0].text == "This is [redacted], truly.");
}

static void lets_other_text_pass() {
  auto verdict = check("{}", "Nothing to see.", true);
  JACKFIELD_EXPECT(verdict.action == validator::Action::allow);
  JACKFIELD_EXPECT(verdict.findings.empty() && verdict.rewrites.empty());
  JACKFIELD_EXPECT(verdict.settled.size() == 1 && verdict.settled[0].bytes == 15);
}

static void holds_back_what_may_become_a_word() {
  auto verdict = check(R"({"words": ["secret"], "action": "block"})", "a sec", false);
  JACKFIELD_EXPECT(verdict.action == validator::Action::allow);
  JACKFIELD_EXPECT(verdict.settled[0].bytes == 0);
  verdict = check(R"({"words": ["secret"], "action": "block"})", "a secret then", false);
  JACKFIELD_EXPECT(verdict.action == validator::Action::block);
  JACKFIELD_EXPECT(verdict.settled[0].bytes == 8);
}

static void never_cuts_a_character() {
  auto verdict = check(R"({"words": ["ab"]})", "x\xc3\xa9", false);
  JACKFIELD_EXPECT(verdict.settled[0].bytes == 1);
}

int main() {
  redacts_a_word();
  lets_other_text_pass();
  holds_back_what_may_become_a_word();
  never_cuts_a_character();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
