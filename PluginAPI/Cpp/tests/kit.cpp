/*
 * Tests of the kit itself. Build and run:
 *   c++ -std=c++17 -pthread -I PluginAPI/Cpp/include -I PluginAPI/C/include PluginAPI/Cpp/tests/kit.cpp -o kit && ./kit
 */
#include <jackfield/cpp/testing.hpp>

#include <limits>
#include <random>

using jackfield::Code;
using jackfield::Error;
using jackfield::Json;
using jackfield::testing::Host;

namespace {

/* What it does is said by the input. */
class Probe final : public jackfield::Agent {
 public:
  explicit Probe(const jackfield::Setup &setup) {
    if (setup.config["fail"].boolean()) throw Error(Code::forbidden, "told to \xff fail");
  }
  jackfield::agent::Description describe() override { return {}; }
  jackfield::agent::Result invoke(const jackfield::agent::InvocationView &request,
                                  jackfield::AgentCall &call) override {
    if (request.input == "retry") throw Error(Code::rate_limited, "later").retry(std::chrono::seconds(2));
    if (request.input == "throw") throw std::runtime_error("oh");
    if (request.input == "throw a number") throw 7;
    if (request.input == "not UTF-8") call.text("\xff");
    if (request.input == "secret") call.text(call.secret("KEY"));
    if (request.input == "sleep") call.sleep(std::chrono::hours(1));
    if (request.input == "large") call.text(call.http({"GET", "http://x/", {}, {}}, 10).body);
    if (request.input == "leave") call.http_stream({"GET", "http://x/", {}, {}});
    if (request.input == "log") call.log(jackfield::LogLevel::info, "a line", {{"name", "value"}});
    if (request.input == "tool") call.text(call.use_tool("units/convert", "{}").content);
    if (request.input == "model") call.text(call.complete({}).text);
    return {};
  }
};

}  // namespace

JACKFIELD_PLUGIN(Probe, "agent/probe", "1.0.0", jackfield::uses(JACKFIELD_HTTP), jackfield::uses(JACKFIELD_SECRETS),
                 jackfield::uses(JACKFIELD_TIMER), jackfield::uses(JACKFIELD_LOG), jackfield::uses(JACKFIELD_TOOLS),
                 jackfield::uses(JACKFIELD_LLM))

static jackfield::testing::Run ask(Host &host, const char *input) {
  jackfield::agent::Invocation question;
  question.input = input;
  return host.call(JACKFIELD_AGENT_INVOKE, question);
}

static void maps_what_is_thrown() {
  Host host(jackfield_plugin_v1());
  auto run = ask(host, "retry");
  JACKFIELD_EXPECT(run.code == JACKFIELD_RATE_LIMITED && run.retry && run.message == "later");
  JACKFIELD_EXPECT(ask(host, "throw").message == "the handler failed: oh");
  JACKFIELD_EXPECT(ask(host, "throw a number").code == JACKFIELD_INTERNAL);
  JACKFIELD_EXPECT(ask(host, "not UTF-8").message == "a text for the host is not UTF-8");
  bool refused = false;
  try {
    Host failing(jackfield_plugin_v1(), R"({"fail": true})");
  } catch (const Error &error) {
    refused = error.code() == Code::forbidden && error.message() == "told to ? fail";
  }
  JACKFIELD_EXPECT(refused);
}

static std::string said(const jackfield::testing::Run &run) {
  auto texts = run.events_of<jackfield::agent::Text>(JACKFIELD_AGENT_EVENT_TEXT);
  return texts.empty() ? "" : texts[0].text;
}

static void uses_services() {
  Host host(jackfield_plugin_v1());
  host.secret("KEY", "k");
  host.tool("units/convert", "{\"value\":1}");
  host.model("hello");
  host.http({"GET", "http://x/", 200, {}, {"0123456789", "0123456789"}});
  JACKFIELD_EXPECT(said(ask(host, "secret")) == "k");
  JACKFIELD_EXPECT(said(ask(host, "tool")) == "{\"value\":1}");
  JACKFIELD_EXPECT(said(ask(host, "model")) == "hello");
  JACKFIELD_EXPECT(ask(host, "sleep").code == JACKFIELD_OK);
  JACKFIELD_EXPECT(ask(host, "large").code == JACKFIELD_EXHAUSTED);
  JACKFIELD_EXPECT(ask(host, "leave").code == JACKFIELD_OK);
  JACKFIELD_EXPECT(ask(host, "log").code == JACKFIELD_OK);
}

static void refuses_malformed_requests() {
  Host host(jackfield_plugin_v1());
  jackfield::agent::Invocation question;
  question.input = "nothing";
  jackfield::Payload good = jackfield::encode(question);
  JACKFIELD_EXPECT(host.call(JACKFIELD_AGENT_INVOKE, good).code == JACKFIELD_OK);
  JACKFIELD_EXPECT(host.call(99, good).code == JACKFIELD_UNSUPPORTED);
  std::mt19937 random(1);
  for (int i = 0; i < 20000; i++) {
    jackfield::Payload bad = good;
    bad[random() % bad.size()] = static_cast<uint8_t>(random());
    if (random() % 4 == 0) bad.resize(random() % (bad.size() + 1));
    int32_t code = host.call(JACKFIELD_AGENT_INVOKE, bad).code;
    JACKFIELD_EXPECT(code == JACKFIELD_OK || code == JACKFIELD_INVALID_ARGUMENT);
  }
}

static bool is_json(const std::string &text) {
  try {
    Json::parse(text);
    return true;
  } catch (const jackfield::JsonError &) {
    return false;
  }
}

static void reads_json() {
  for (const char *good : {"0", "-0", "1e5", "1.5E-3", "[]", "{}", " [1 , 2 ] ", "\"\\u00e9\\ud83d\\ude00\"", "1e-999",
                           "12345678901234567890", "{\"a\":{\"a\":null}}"})
    JACKFIELD_EXPECT(is_json(good));
  for (const char *bad : {"", " ", "01", "1.", "1e", "+1", ".5", "nul", "[1,]", "{\"a\"}", "{a:1}", "\"\n\"", "\"\\x\"",
                          "\"\\u12\"", "1 2", "[", "\"", "1e999", "\"\xff\"", "{\"a\":1,}"})
    JACKFIELD_EXPECT(!is_json(bad));
  JACKFIELD_EXPECT(is_json(std::string(128, '[') + std::string(128, ']')));
  JACKFIELD_EXPECT(!is_json(std::string(129, '[') + std::string(129, ']')));
  JACKFIELD_EXPECT(!is_json(std::string(1000000, '[')));
  JACKFIELD_EXPECT(Json::parse("\"\\ud83d\\ude00\"").text() == "\xf0\x9f\x98\x80");
  JACKFIELD_EXPECT(Json::parse("\"\\ud83d\"").text() == "\xef\xbf\xbd");
  JACKFIELD_EXPECT(Json::parse("{\"a\":1,\"a\":2}")["a"].integer() == 2);
  JACKFIELD_EXPECT(Json::parse("9223372036854775807").integer() == std::numeric_limits<int64_t>::max());
}

static void writes_json() {
  JACKFIELD_EXPECT(Json::object().set("a", Json::array().add(1).add(0.1).add("\"\n\x01")).set("b", nullptr).dump() ==
                   R"({"a":[1,0.1,"\"\n\u0001"],"b":null})");
  JACKFIELD_EXPECT(Json(3.0).dump() == "3" && Json(1e300).dump() == "1e+300");
  JACKFIELD_EXPECT(Json(std::numeric_limits<double>::infinity()).dump() == "null");
}

static void reads_random_json_or_refuses_it() {
  static const std::string letters = "{}[]\":,\\u0019eE+-.tfn\xc3\xa9 ";
  std::mt19937 random(2);
  for (int i = 0; i < 100000; i++) {
    std::string text;
    for (size_t length = random() % 24; length > 0; length--) text += letters[random() % letters.size()];
    if (is_json(text)) JACKFIELD_EXPECT(is_json(Json::parse(text).dump()));
  }
}

int main() {
  maps_what_is_thrown();
  uses_services();
  refuses_malformed_requests();
  reads_json();
  writes_json();
  reads_random_json_or_refuses_it();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
