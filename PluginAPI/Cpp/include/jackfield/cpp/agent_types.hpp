/* The vocabulary of jackfield.agent/1: agent.h as values. */
#ifndef JACKFIELD_CPP_AGENT_TYPES_HPP
#define JACKFIELD_CPP_AGENT_TYPES_HPP

#include <jackfield/agent.h>

#include "payload.hpp"

namespace jackfield {

enum class Severity : uint32_t {
  ok = JACKFIELD_SEVERITY_OK,
  info = JACKFIELD_SEVERITY_INFO,
  warning = JACKFIELD_SEVERITY_WARNING,
  critical = JACKFIELD_SEVERITY_CRITICAL,
};

namespace agent {

using Describe = Nothing<jackfield_agent_describe>;

/* One thing that the agent can do. */
struct Capability {
  using Raw = jackfield_agent_capability;
  std::string id;
  std::string description;
  std::vector<std::string> keywords;
  std::vector<std::string> examples;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.text(self.description, raw.description);
    map.texts(self.keywords, raw.keywords);
    map.texts(self.examples, raw.examples);
  }
};

struct Description {
  using Raw = jackfield_agent_description;
  std::string summary;
  std::vector<Capability> capabilities;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.summary, raw.summary);
    map.list(self.capabilities, raw.capabilities);
  }
};

/* What was said before in the session. */
template <class Text>
struct TurnOf {
  using Raw = jackfield_agent_turn;
  Text role;
  Text text;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.role, raw.role);
    map.text(self.text, raw.text);
  }
};

template <class Text>
struct InvocationOf {
  using Raw = jackfield_agent_invoke;
  Text input;
  Text model;   /* empty: choose none */
  Text context; /* JSON object, or empty */
  std::vector<TurnOf<Text>> history;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.input, raw.input);
    map.optional(self.model, raw.model);
    map.optional(self.context, raw.context);
    map.list(self.history, raw.history);
  }
};
using Invocation = InvocationOf<std::string>;
using InvocationView = InvocationOf<std::string_view>;

struct Text {
  using Raw = jackfield_agent_text;
  std::string text;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.text, raw.text);
  }
};

struct Finding {
  using Raw = jackfield_agent_finding;
  std::string id;    /* the same measurement has the same id each time */
  std::string title; /* one sentence */
  Severity severity = Severity::ok;
  std::optional<double> value;
  std::optional<double> threshold;
  std::string unit;
  std::string source;
  std::string detail; /* JSON object, or empty */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.text(self.title, raw.title);
    map.number(self.severity, raw.severity);
    map.optional(self.value, raw.value, raw.present, JACKFIELD_FINDING_HAS_VALUE);
    map.optional(self.threshold, raw.threshold, raw.present, JACKFIELD_FINDING_HAS_THRESHOLD);
    map.optional(self.unit, raw.unit);
    map.optional(self.source, raw.source);
    map.optional(self.detail, raw.detail);
  }
};

struct Artifact {
  using Raw = jackfield_agent_artifact;
  std::string name;
  std::string media_type;
  std::string data;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.media_type, raw.media_type);
    map.data(self.data, raw.data);
  }
};

/* What the user would have to say. */
struct Question {
  using Raw = jackfield_agent_question;
  std::string id;
  std::string text;
  std::vector<std::string> options;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.text(self.text, raw.text);
    map.texts(self.options, raw.options);
  }
};

struct Progress {
  using Raw = jackfield_agent_progress;
  double fraction = -1; /* 0 to 1, below 0 if unknown */
  std::string message;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.fraction, raw.fraction);
    map.optional(self.message, raw.message);
  }
};

struct Result {
  using Raw = jackfield_agent_result;
  bool consulted = false; /* a language model worded the answer */
  uint64_t prompt_tokens = 0;
  uint64_t completion_tokens = 0;
  std::string upstream; /* INSTANCE/MODEL, or empty */
  std::string note;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.flag(self.consulted, raw.flags, JACKFIELD_AGENT_CONSULTED);
    map.number(self.prompt_tokens, raw.prompt_tokens);
    map.number(self.completion_tokens, raw.completion_tokens);
    map.optional(self.upstream, raw.upstream);
    map.optional(self.note, raw.note);
  }
};

}  // namespace agent
}  // namespace jackfield

#endif
