/* The vocabulary of jackfield.notifier/1: notifier.h as values. */
#ifndef JACKFIELD_CPP_NOTIFIER_TYPES_HPP
#define JACKFIELD_CPP_NOTIFIER_TYPES_HPP

#include <jackfield/notifier.h>

#include "agent_types.hpp"
#include "payload.hpp"

namespace jackfield::notifier {

template <class Text>
struct AlertOf {
  using Raw = jackfield_notifier_alert;
  Severity severity = Severity::warning;
  int64_t started = 0; /* nanoseconds since 1970 */
  int64_t ended = 0;   /* the same, or 0 while it goes on */
  Text id;             /* of this occurrence; the same when it is resolved */
  Text rule;
  Text title;
  Text detail;
  Text source;
  Text reference; /* resolve: what the receipt of notify said, or empty */
  std::vector<PairOf<Text>> labels;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.severity, raw.severity);
    map.number(self.started, raw.started);
    map.number(self.ended, raw.ended);
    map.text(self.id, raw.id);
    map.text(self.rule, raw.rule);
    map.text(self.title, raw.title);
    map.optional(self.detail, raw.detail);
    map.text(self.source, raw.source);
    map.optional(self.reference, raw.reference);
    map.list(self.labels, raw.labels);
  }
};
using Alert = AlertOf<std::string>;
using AlertView = AlertOf<std::string_view>;

struct Receipt {
  using Raw = jackfield_notifier_receipt;
  std::string reference; /* the channel's own name for the message, or empty */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.optional(self.reference, raw.reference);
  }
};

}  // namespace jackfield::notifier

#endif
