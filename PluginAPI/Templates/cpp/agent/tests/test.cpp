/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

using jackfield::testing::Host;
namespace agent = jackfield::agent;

static void describes_itself() {
  Host host(jackfield_plugin_v1());
  auto run = host.call(JACKFIELD_AGENT_DESCRIBE, agent::Describe());
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  auto description = run.result<agent::Description>();
  JACKFIELD_EXPECT(description.capabilities.size() == 1);
  JACKFIELD_EXPECT(description.capabilities[0].id == "uptime");
}

static void answers(const char *config, jackfield::Severity severity, bool is_slow) {
  Host host(jackfield_plugin_v1(), config);
  if (is_slow) host.be_slow();
  agent::Invocation question;
  question.input = "How long has this machine been up?";
  auto run = host.call(JACKFIELD_AGENT_INVOKE, question);
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  auto findings = run.events_of<agent::Finding>(JACKFIELD_AGENT_EVENT_FINDING);
  auto texts = run.events_of<agent::Text>(JACKFIELD_AGENT_EVENT_TEXT);
  JACKFIELD_EXPECT(findings.size() == 1 && texts.size() == 1);
  if (findings.empty() || texts.empty()) return;
  JACKFIELD_EXPECT(findings[0].severity == severity);
  JACKFIELD_EXPECT(findings[0].value && *findings[0].value >= 0);
  JACKFIELD_EXPECT(texts[0].text.find(findings[0].title) == 0);
}

static void stops_when_nobody_listens() {
  Host host(jackfield_plugin_v1());
  host.cancel_after(1);
  auto run = host.call(JACKFIELD_AGENT_INVOKE, agent::Invocation());
  JACKFIELD_EXPECT(run.code == JACKFIELD_CANCELLED);
  JACKFIELD_EXPECT(run.events.size() == 1);
}

int main() {
  describes_itself();
  answers(R"({"warn_after_days": 0})", jackfield::Severity::warning, false);
  answers(R"({"warn_after_days": 1000000})", jackfield::Severity::info, false);
  answers(R"({"warn_after_days": 1000000})", jackfield::Severity::info, true);
  stops_when_nobody_listens();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
