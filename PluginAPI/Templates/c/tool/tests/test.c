/* Run by `make test`. */
#include "host.h"

static void lists_two_tools(void) {
  jackfield_builder b;
  jackfield_tool_list list = {0, 0};
  jackfield_tool_list_result result = {0};
  EXPECT(test_open("{}") == JACKFIELD_OK);
  jackfield_build(&b, sizeof list);
  test_call(JACKFIELD_TOOL_LIST, jackfield_built(&b, &list));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  jackfield_read(test.result, &result, sizeof result);
  EXPECT(result.tools.count == 2);
  test_close();
}

static void use(const char *config, const char *name, const char *arguments) {
  jackfield_builder b;
  jackfield_tool_call request = {0};
  EXPECT(test_open(config) == JACKFIELD_OK);
  jackfield_build(&b, sizeof request);
  request.name = jackfield_build_string(&b, name);
  request.arguments = jackfield_build_string(&b, arguments);
  test_call(JACKFIELD_TOOL_CALL, jackfield_built(&b, &request));
  jackfield_build_free(&b);
}

static void expect_content(const char *config, const char *name, const char *arguments, const char *content,
                           uint32_t flags) {
  jackfield_tool_result result = {0};
  use(config, name, arguments);
  EXPECT(test.code == JACKFIELD_OK);
  if (test.code == JACKFIELD_OK) {
    jackfield_read(test.result, &result, sizeof result);
    EXPECT(result.flags == flags);
    EXPECT(test_equals(test.result, result.content, content));
  }
  test_close();
}

static void expect_refusal(const char *name, const char *arguments, int32_t code) {
  use("{}", name, arguments);
  EXPECT(test.code == code);
  test_close();
}

int main(void) {
  lists_two_tools();
  expect_content("{}", "convert", "{\"value\": 3, \"from\": \"m\", \"to\": \"ft\"}",
                 "{\"value\":9.84252,\"unit\":\"ft\"}", 0);
  expect_content("{}", "convert", "{\"value\": 100, \"from\": \"C\", \"to\": \"F\"}",
                 "{\"value\":212,\"unit\":\"F\"}", 0);
  expect_content("{\"decimals\": 1}", "convert", "{\"value\": 1, \"from\": \"mi\", \"to\": \"km\"}",
                 "{\"value\":1.6,\"unit\":\"km\"}", 0);
  expect_content("{}", "convert", "{\"value\": 1, \"from\": \"kg\", \"to\": \"m\"}",
                 "{\"error\":\"cannot convert kg to m: mass is not length\"}", JACKFIELD_TOOL_FAILED);
  expect_content("{}", "units", "{\"kind\": \"temperature\"}", "{\"temperature\":[\"C\",\"F\",\"K\"]}", 0);
  expect_refusal("convert", "{\"value\": 1, \"from\": \"yard\", \"to\": \"m\"}", JACKFIELD_INVALID_ARGUMENT);
  expect_refusal("convert", "{\"from\": \"m\", \"to\": \"m\"}", JACKFIELD_INVALID_ARGUMENT);
  expect_refusal("convert", "not JSON", JACKFIELD_INVALID_ARGUMENT);
  expect_refusal("units", "{\"kind\": \"time\"}", JACKFIELD_INVALID_ARGUMENT);
  expect_refusal("units", "{\"what\": 1}", JACKFIELD_INVALID_ARGUMENT);
  expect_refusal("guess", "{}", JACKFIELD_NOT_FOUND);
  return test.failures == 0 ? 0 : 1;
}
