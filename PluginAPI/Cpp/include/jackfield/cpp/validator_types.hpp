/* The vocabulary of jackfield.validator/1: validator.h as values. */
#ifndef JACKFIELD_CPP_VALIDATOR_TYPES_HPP
#define JACKFIELD_CPP_VALIDATOR_TYPES_HPP

#include <jackfield/validator.h>

#include "agent_types.hpp"
#include "payload.hpp"

namespace jackfield::validator {

enum class Direction : uint32_t { input = JACKFIELD_DIRECTION_INPUT, output = JACKFIELD_DIRECTION_OUTPUT };

enum class Action : uint32_t {
  allow = JACKFIELD_ACTION_ALLOW,
  flag = JACKFIELD_ACTION_FLAG,
  redact = JACKFIELD_ACTION_REDACT,
  block = JACKFIELD_ACTION_BLOCK,
};

template <class Text>
struct SegmentOf {
  using Raw = jackfield_validator_segment;
  Text role;
  Text text;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.role, raw.role);
    map.text(self.text, raw.text);
  }
};

template <class Text>
struct SubjectOf {
  using Raw = jackfield_validator_check;
  Direction direction = Direction::input;
  bool last = true;  /* no more of these texts will come */
  std::vector<SegmentOf<Text>> segments;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.direction, raw.direction);
    map.flag(self.last, raw.last, 1u);
    map.list(self.segments, raw.segments);
  }
};
using Subject = SubjectOf<std::string>;
using SubjectView = SubjectOf<std::string_view>;

struct Finding {
  using Raw = jackfield_validator_finding;
  Action action = Action::flag;
  Severity severity = Severity::warning;
  uint32_t segment = 0;
  uint32_t start = 0;  /* bytes of the segment's text, on a character boundary */
  uint32_t length = 0; /* the same */
  std::string rule;
  std::string message; /* does not repeat what was found */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.action, raw.action);
    map.number(self.severity, raw.severity);
    map.number(self.segment, raw.segment);
    map.number(self.start, raw.start);
    map.number(self.length, raw.length);
    map.text(self.rule, raw.rule);
    map.text(self.message, raw.message);
  }
};

struct Rewrite {
  using Raw = jackfield_validator_rewrite;
  uint32_t segment = 0;
  std::string text; /* the whole new text of the settled part */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.segment, raw.segment);
    map.text(self.text, raw.text);
  }
};

/* How many bytes of a segment may go. */
struct Settled {
  using Raw = jackfield_validator_settled;
  uint64_t bytes = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.bytes, raw.bytes);
  }
};

struct Verdict {
  using Raw = jackfield_validator_verdict;
  Action action = Action::allow; /* the strictest of the findings' */
  std::vector<Finding> findings;
  std::vector<Rewrite> rewrites; /* with Action::redact */
  std::vector<Settled> settled;  /* one for each segment; empty: all if last, else nothing */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.action, raw.action);
    map.list(self.findings, raw.findings);
    map.list(self.rewrites, raw.rewrites);
    map.list(self.settled, raw.settled);
  }
};

/* The largest number of bytes, not above `bytes`, that ends a character of a UTF-8 text. */
inline size_t character_boundary(std::string_view text, size_t bytes) noexcept {
  if (bytes >= text.size()) return text.size();
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0u) == 0x80u) bytes--;
  return bytes;
}

}  // namespace jackfield::validator

#endif
