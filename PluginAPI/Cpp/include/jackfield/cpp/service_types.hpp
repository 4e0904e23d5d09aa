/* What goes to the services http, log, metrics, secrets, timer and agents, and what comes back. */
#ifndef JACKFIELD_CPP_SERVICE_TYPES_HPP
#define JACKFIELD_CPP_SERVICE_TYPES_HPP

#include <jackfield/agents.h>
#include <jackfield/http.h>
#include <jackfield/log.h>
#include <jackfield/metrics.h>
#include <jackfield/secrets.h>
#include <jackfield/timer.h>

#include "exporter_types.hpp"
#include "payload.hpp"

namespace jackfield {

namespace http {

struct Request {
  using Raw = jackfield_http_request;
  std::string method;
  std::string url; /* absolute, http or https */
  std::vector<Pair> headers;
  std::string body;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.method, raw.method);
    map.text(self.url, raw.url);
    map.list(self.headers, raw.headers);
    map.optional(self.body, raw.body);
  }
};

struct Head {
  using Raw = jackfield_http_head;
  uint32_t status = 0;
  std::vector<Pair> headers; /* names in lower case */

  /* The first value of a header, named in lower case; empty if there is none. */
  std::string_view header(std::string_view name) const noexcept {
    for (const Pair &pair : headers)
      if (pair.name == name) return pair.value;
    return {};
  }

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.status, raw.status);
    map.list(self.headers, raw.headers);
  }
};

struct Body {
  using Raw = jackfield_http_body;
  std::string data;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.data(self.data, raw.data);
  }
};

struct Response {
  Head head;
  std::string body;
};

}  // namespace http

enum class LogLevel : uint32_t {
  trace = JACKFIELD_LOG_TRACE,
  debug = JACKFIELD_LOG_DEBUG,
  info = JACKFIELD_LOG_INFO,
  notice = JACKFIELD_LOG_NOTICE,
  warning = JACKFIELD_LOG_WARNING,
  error = JACKFIELD_LOG_ERROR,
};

struct LogLine {
  using Raw = jackfield_log_write;
  LogLevel level = LogLevel::info;
  std::string message; /* static: what varies belongs into the fields */
  std::vector<Pair> fields;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.level, raw.level);
    map.text(self.message, raw.message);
    map.list(self.fields, raw.fields);
  }
};

struct MetricRecord {
  using Raw = jackfield_metrics_record;
  MetricKind kind = MetricKind::counter;
  std::string name;
  double value = 0;
  std::string unit;
  std::vector<Pair> labels;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.kind, raw.kind);
    map.number(self.value, raw.value);
    map.text(self.name, raw.name);
    map.optional(self.unit, raw.unit);
    map.list(self.labels, raw.labels);
  }
};

struct SecretRequest {
  using Raw = jackfield_secrets_get;
  std::string name;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
  }
};

struct SecretValue {
  using Raw = jackfield_secrets_value;
  std::string value; /* never write it to a log */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.value, raw.value);
  }
};

struct TimerRequest {
  using Raw = jackfield_timer_after;
  int64_t delay = 0; /* nanoseconds, 0 and up */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.delay, raw.delay);
  }
};

namespace agents {

using List = Nothing<jackfield_agents_list>;

struct Entry {
  using Raw = jackfield_agents_entry;
  std::string id; /* of the instance */
  std::string summary;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.text(self.summary, raw.summary);
  }
};

struct Entries {
  using Raw = jackfield_agents_list_result;
  std::vector<Entry> agents;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.list(self.agents, raw.agents);
  }
};

struct Request {
  using Raw = jackfield_agents_invoke;
  std::string agent; /* id of the instance */
  std::string input;
  std::string model;   /* a name that was granted, or empty */
  std::string context; /* JSON object, or empty */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.agent, raw.agent);
    map.text(self.input, raw.input);
    map.optional(self.model, raw.model);
    map.optional(self.context, raw.context);
  }
};

}  // namespace agents
}  // namespace jackfield

#endif
