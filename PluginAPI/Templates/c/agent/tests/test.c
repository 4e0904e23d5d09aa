/* Run by `make test`. */
#include "host.h"

static void describes_itself(void) {
  jackfield_builder b;
  jackfield_agent_describe describe = {0, 0};
  jackfield_agent_description description;
  EXPECT(test_open("{}") == JACKFIELD_OK);
  jackfield_build(&b, sizeof describe);
  test_call(JACKFIELD_AGENT_DESCRIBE, jackfield_built(&b, &describe));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  jackfield_read(test.result, &description, sizeof description);
  EXPECT(description.capabilities.count == 1);
  test_close();
}

static void answers(const char *config, uint32_t severity, int is_slow) {
  jackfield_builder b;
  jackfield_agent_invoke question = {0};
  jackfield_agent_finding finding;
  EXPECT(test_open(config) == JACKFIELD_OK);
  test.is_slow = is_slow;
  jackfield_build(&b, sizeof question);
  question.input = jackfield_build_string(&b, "How long has this machine been up?");
  test_call(JACKFIELD_AGENT_INVOKE, jackfield_built(&b, &question));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  EXPECT(test.event_count == 2);
  if (test.event_count == 2) {
    EXPECT(test.events[0].number == JACKFIELD_AGENT_EVENT_FINDING);
    EXPECT(test.events[1].number == JACKFIELD_AGENT_EVENT_TEXT);
    jackfield_read(test.events[0].view, &finding, sizeof finding);
    EXPECT(finding.severity == severity);
    EXPECT(finding.value >= 0);
  }
  test.is_slow = 0;
  test_close();
}

static void refuses_what_is_no_configuration(void) {
  EXPECT(test_open("[]") == JACKFIELD_INVALID_ARGUMENT);
  EXPECT(strcmp(test.message, "the configuration is not a JSON object") == 0);
}

int main(void) {
  describes_itself();
  answers("{\"warn_after_days\": 0}", JACKFIELD_SEVERITY_WARNING, 0);
  answers("{\"warn_after_days\": 1000000}", JACKFIELD_SEVERITY_INFO, 0);
  answers("{\"warn_after_days\": 1000000}", JACKFIELD_SEVERITY_INFO, 1);
  refuses_what_is_no_configuration();
  return test.failures == 0 ? 0 : 1;
}
