/* @ID@: says how long this machine has been running. */
#include <jackfield/jackfield.hpp>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using jackfield::Code;
using jackfield::Error;

/* Whole days since the machine was started. */
long days_running() {
  std::FILE *file = std::fopen("/proc/uptime", "re");
  if (file == nullptr) throw Error(Code::unavailable, std::string("cannot read /proc/uptime: ") + std::strerror(errno));
  double seconds = 0;
  int found = std::fscanf(file, "%lf", &seconds);
  std::fclose(file);
  if (found != 1) throw Error(Code::unavailable, "cannot read /proc/uptime: it holds no number");
  return static_cast<long>(seconds / 86400);
}

/* Without a point where the number is whole. */
std::string text_of(double number) {
  std::string text;
  jackfield::Json::write_number(number, text);
  return text;
}

class @TYPE@ final : public jackfield::Agent {
 public:
  explicit @TYPE@(const jackfield::Setup &setup) : limit_(setup.config["warn_after_days"].number(30)) {}

  jackfield::agent::Description describe() override {
    jackfield::agent::Capability uptime;
    uptime.id = "uptime";
    uptime.description = "How long this machine has been running since it was started.";
    uptime.keywords = {"@NAME@", "uptime", "how long running", "since the last restart"};
    uptime.examples = {"How long has this machine been up?"};
    jackfield::agent::Description description;
    description.summary = "Says how long this machine has been running.";
    description.capabilities = {uptime};
    return description;
  }

  jackfield::agent::Result invoke(const jackfield::agent::InvocationView &, jackfield::AgentCall &call) override {
    long days = days_running();
    bool is_due = static_cast<double>(days) >= limit_;

    jackfield::agent::Finding finding;
    finding.id = "@SNAKE@.uptime";
    finding.title = "The machine has been running for " + std::to_string(days) + (days == 1 ? " day." : " days.");
    finding.severity = is_due ? jackfield::Severity::warning : jackfield::Severity::info;
    finding.value = static_cast<double>(days);
    finding.threshold = limit_;
    finding.unit = "d";
    finding.source = "/proc/uptime";
    call.finding(finding);
    call.text(finding.title + (is_due ? " It is due for a restart: the limit is " + text_of(limit_) + " days." : ""));
    return {};
  }

 private:
  const double limit_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::workers(4))
