/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

using jackfield::Json;
using jackfield::testing::Host;
namespace notifier = jackfield::notifier;

static notifier::Alert alert() {
  notifier::Alert alert;
  alert.id = "a1";
  alert.rule = "plugin.circuit-open";
  alert.title = "A plugin fails.";
  alert.source = "here";
  alert.severity = jackfield::Severity::critical;
  alert.started = 5;
  alert.labels = {{"plugin", "llm"}};
  return alert;
}

static void posts_an_alert() {
  Host host(jackfield_plugin_v1(), R"({"url": "http://127.0.0.1:1/x", "token_secret": "TOKEN"})");
  host.http({"POST", "http://127.0.0.1:1/x", 200, {}, {R"({"id": "m7"})"}});
  auto run = host.call(JACKFIELD_NOTIFIER_NOTIFY, alert());
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  JACKFIELD_EXPECT(run.result<notifier::Receipt>().reference == "m7");
  auto request = host.requests().at(0);
  JACKFIELD_EXPECT(request.headers.back().value == "Bearer ${secret:TOKEN}");
  JACKFIELD_EXPECT(request.body ==
                   R"({"event":"notify","id":"a1","rule":"plugin.circuit-open","severity":"critical",)"
                   R"("title":"A plugin fails.","detail":null,"source":"here","started":5,"ended":null,)"
                   R"("reference":null,)"
                   R"("labels":{"plugin":"llm"}})");
}

static void says_when_it_is_over() {
  Host host(jackfield_plugin_v1());
  host.http({"POST", "http://127.0.0.1:9000/hook", 204, {}, {}});
  auto over = alert();
  over.ended = 9;
  over.reference = "m7";
  auto run = host.call(JACKFIELD_NOTIFIER_RESOLVE, over);
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  Json body = Json::parse(host.requests().at(0).body);
  JACKFIELD_EXPECT(body["event"].text() == "resolve" && body["ended"].integer() == 9);
  JACKFIELD_EXPECT(body["reference"].text() == "m7");
}

static void passes_on_why_it_failed() {
  Host host(jackfield_plugin_v1());
  host.http({"POST", "*", 429, {{"retry-after", "3"}}, {R"({"error": {"message": "slow\ndown"}})"}});
  auto run = host.call(JACKFIELD_NOTIFIER_NOTIFY, alert());
  JACKFIELD_EXPECT(run.code == JACKFIELD_RATE_LIMITED && run.retry);
  JACKFIELD_EXPECT(run.message == "the server answered 429: slow down");
}

int main() {
  posts_an_alert();
  says_when_it_is_over();
  passes_on_why_it_failed();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
