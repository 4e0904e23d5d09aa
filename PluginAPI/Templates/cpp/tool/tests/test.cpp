/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

using jackfield::Json;
using jackfield::testing::Host;
namespace tool = jackfield::tool;

static void lists_two_tools() {
  Host host(jackfield_plugin_v1());
  auto run = host.call(JACKFIELD_TOOL_LIST, tool::List());
  auto entries = run.result<tool::Entries>();
  JACKFIELD_EXPECT(entries.tools.size() == 2);
  for (const tool::Entry &entry : entries.tools)
    JACKFIELD_EXPECT(Json::parse(entry.parameters)["type"].text() == "object");
}

static jackfield::testing::Run use(const char *name, const char *arguments, const char *config = "{}") {
  Host host(jackfield_plugin_v1(), config);
  tool::Use request;
  request.name = name;
  request.arguments = arguments;
  return host.call(JACKFIELD_TOOL_CALL, request);
}

static void expect_content(const jackfield::testing::Run &run, const char *content, bool failed = false) {
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  if (run.code != JACKFIELD_OK) return;
  JACKFIELD_EXPECT(run.result<tool::Result>().content == content);
  JACKFIELD_EXPECT(run.result<tool::Result>().failed == failed);
}

int main() {
  lists_two_tools();
  expect_content(use("convert", R"({"value": 3, "from": "m", "to": "ft"})"), R"({"value":9.84252,"unit":"ft"})");
  expect_content(use("convert", R"({"value": 100, "from": "C", "to": "F"})"), R"({"value":212,"unit":"F"})");
  expect_content(use("convert", R"({"value": 1, "from": "mi", "to": "km"})", R"({"decimals": 1})"),
                 R"({"value":1.6,"unit":"km"})");
  expect_content(use("convert", R"({"value": 1, "from": "kg", "to": "m"})"),
                 R"({"error":"cannot convert kg to m: mass is not length"})", true);
  expect_content(use("units", R"({"kind": "temperature"})"), R"({"temperature":["C","F","K"]})");
  JACKFIELD_EXPECT(use("convert", R"({"value": 1, "from": "yard", "to": "m"})").code == JACKFIELD_INVALID_ARGUMENT);
  JACKFIELD_EXPECT(use("convert", R"({"from": "m", "to": "m"})").code == JACKFIELD_INVALID_ARGUMENT);
  JACKFIELD_EXPECT(use("convert", "not JSON").code == JACKFIELD_INVALID_ARGUMENT);
  JACKFIELD_EXPECT(use("units", R"({"kind": "time"})").code == JACKFIELD_INVALID_ARGUMENT);
  JACKFIELD_EXPECT(use("units", R"({"what": 1})").code == JACKFIELD_INVALID_ARGUMENT);
  JACKFIELD_EXPECT(use("guess", "{}").code == JACKFIELD_NOT_FOUND);
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
