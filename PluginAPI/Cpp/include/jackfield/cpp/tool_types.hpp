/* The vocabulary of jackfield.tool/1 and of the service jackfield.tools/1: tool.h and tools.h as values. */
#ifndef JACKFIELD_CPP_TOOL_TYPES_HPP
#define JACKFIELD_CPP_TOOL_TYPES_HPP

#include <jackfield/tool.h>
#include <jackfield/tools.h>

#include "payload.hpp"

namespace jackfield::tool {

using List = Nothing<jackfield_tool_list>;

/* Bits of Entry::flags: what the one who decides about a call should know. */
constexpr uint32_t read_only = JACKFIELD_TOOL_READ_ONLY;
constexpr uint32_t idempotent = JACKFIELD_TOOL_IDEMPOTENT;
constexpr uint32_t destructive = JACKFIELD_TOOL_DESTRUCTIVE;
constexpr uint32_t open_world = JACKFIELD_TOOL_OPEN_WORLD;

struct Entry {
  using Raw = jackfield_tool_entry;
  std::string name;        /* 1 to 64 of A-Z a-z 0-9 _ and - */
  std::string description; /* for the model */
  std::string parameters;  /* JSON Schema of the arguments, of type "object" */
  std::string result;      /* JSON Schema of the content, or empty */
  uint32_t flags = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.description, raw.description);
    map.text(self.parameters, raw.parameters);
    map.optional(self.result, raw.result);
    map.number(self.flags, raw.flags);
  }
};

struct Entries {
  using Raw = jackfield_tool_list_result;
  std::vector<Entry> tools;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.list(self.tools, raw.tools);
  }
};

template <class Text>
struct UseOf {
  using Raw = jackfield_tool_call;
  Text name;
  Text arguments; /* JSON object */
  Text id;        /* of the call, or empty; the same when it is repeated */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.arguments, raw.arguments);
    map.optional(self.id, raw.id);
  }
};
using Use = UseOf<std::string>;
using UseView = UseOf<std::string_view>;

struct Progress {
  using Raw = jackfield_tool_progress;
  double fraction = -1; /* 0 to 1, below 0 if unknown */
  std::string message;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.fraction, raw.fraction);
    map.optional(self.message, raw.message);
  }
};

struct Result {
  using Raw = jackfield_tool_result;
  bool failed = false;    /* the function ran and reports a failure, which `content` describes */
  std::string content;    /* what the caller reads */
  std::string media_type; /* empty: application/json */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.flag(self.failed, raw.flags, JACKFIELD_TOOL_FAILED);
    map.text(self.content, raw.content);
    map.optional(self.media_type, raw.media_type);
  }
};

}  // namespace jackfield::tool

namespace jackfield::tools {

using List = Nothing<jackfield_tools_list>;

/* A tool that the manifest grants. */
struct Entry {
  using Raw = jackfield_tools_entry;
  std::string name;  /* INSTANCE/TOOL */
  std::string alias; /* the same as language models are told it */
  std::string description;
  std::string parameters;
  std::string result;
  uint32_t flags = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.alias, raw.alias);
    map.text(self.description, raw.description);
    map.text(self.parameters, raw.parameters);
    map.optional(self.result, raw.result);
    map.number(self.flags, raw.flags);
  }
};

struct Entries {
  using Raw = jackfield_tools_list_result;
  std::vector<Entry> tools;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.list(self.tools, raw.tools);
  }
};

struct Use {
  using Raw = jackfield_tools_call;
  std::string name;      /* INSTANCE/TOOL, or the alias */
  std::string arguments; /* JSON object */
  std::string id;        /* of the call, or empty; the same when it is repeated */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.arguments, raw.arguments);
    map.optional(self.id, raw.id);
  }
};

}  // namespace jackfield::tools

#endif
