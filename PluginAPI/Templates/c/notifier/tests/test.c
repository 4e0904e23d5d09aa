/* Run by `make test`. */
#include "host.h"

static void tell(const char *config, uint32_t method) {
  jackfield_builder b;
  jackfield_notifier_alert alert = {0};
  jackfield_pair label;
  EXPECT(test_open(config) == JACKFIELD_OK);
  jackfield_build(&b, sizeof alert);
  alert.severity = JACKFIELD_SEVERITY_CRITICAL;
  alert.started = 5;
  alert.id = jackfield_build_string(&b, "a1");
  alert.rule = jackfield_build_string(&b, "plugin.circuit-open");
  alert.title = jackfield_build_string(&b, "A plugin fails.");
  alert.source = jackfield_build_string(&b, "here");
  if (method == JACKFIELD_NOTIFIER_RESOLVE) {
    alert.ended = 9;
    alert.reference = jackfield_build_string(&b, "m7");
  }
  alert.labels = jackfield_build_list(&b, 1, sizeof label);
  label.name = jackfield_build_string(&b, "plugin");
  label.value = jackfield_build_string(&b, "llm");
  jackfield_build_set(&b, alert.labels, 0, &label);
  test_call(method, jackfield_built(&b, &alert));
  jackfield_build_free(&b);
}

static void set_answer(uint32_t status, const char *body) {
  test.status = status;
  test.chunks[0] = body;
  test.chunks[1] = NULL;
}

static void posts_an_alert(void) {
  jackfield_notifier_receipt receipt = {0};
  set_answer(200, "{\"id\": \"m7\"}");
  tell("{\"url\": \"http://127.0.0.1:1/x\", \"token_secret\": \"TOKEN\"}", JACKFIELD_NOTIFIER_NOTIFY);
  EXPECT(test.code == JACKFIELD_OK);
  jackfield_read(test.result, &receipt, sizeof receipt);
  EXPECT(test_equals(test.result, receipt.reference, "m7"));
  EXPECT(strcmp(test.request,
                "POST http://127.0.0.1:1/x\ncontent-type: application/json\nauthorization: Bearer ${secret:TOKEN}\n"
                "{\"event\":\"notify\",\"id\":\"a1\",\"rule\":\"plugin.circuit-open\",\"severity\":\"critical\","
                "\"title\":\"A plugin fails.\",\"detail\":null,\"source\":\"here\",\"started\":5,\"ended\":null,"
                "\"reference\":null,\"labels\":{\"plugin\":\"llm\"}}") == 0);
  test_close();
}

static void says_when_it_is_over(void) {
  set_answer(204, NULL);
  tell("{}", JACKFIELD_NOTIFIER_RESOLVE);
  EXPECT(test.code == JACKFIELD_OK);
  EXPECT(strstr(test.request, "\"event\":\"resolve\"") != NULL);
  EXPECT(strstr(test.request, "\"ended\":9,\"reference\":\"m7\"") != NULL);
  test_close();
}

static void passes_on_why_it_failed(void) {
  set_answer(429, "{\"error\": {\"message\": \"slow\\ndown\"}}");
  test.header[0] = "retry-after";
  test.header[1] = "3";
  tell("{}", JACKFIELD_NOTIFIER_NOTIFY);
  EXPECT(test.code == JACKFIELD_RATE_LIMITED && test.retry == 1);
  EXPECT(strcmp(test.message, "the server answered 429: slow down") == 0);
  test_close();
}

int main(void) {
  posts_an_alert();
  says_when_it_is_over();
  passes_on_why_it_failed();
  return test.failures == 0 ? 0 : 1;
}
