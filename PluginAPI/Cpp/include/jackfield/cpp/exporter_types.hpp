/* The vocabulary of jackfield.exporter/1: exporter.h as values. */
#ifndef JACKFIELD_CPP_EXPORTER_TYPES_HPP
#define JACKFIELD_CPP_EXPORTER_TYPES_HPP

#include <jackfield/exporter.h>

#include "payload.hpp"

namespace jackfield {

enum class MetricKind : uint32_t {
  counter = JACKFIELD_METRIC_COUNTER,
  gauge = JACKFIELD_METRIC_GAUGE,
  histogram = JACKFIELD_METRIC_HISTOGRAM,
};

namespace exporter {

struct Bucket {
  using Raw = jackfield_exporter_bucket;
  double upper = 0;   /* inclusive; the last one is infinite */
  uint64_t count = 0; /* cumulative */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.upper, raw.upper);
    map.number(self.count, raw.count);
  }
};

template <class Text>
struct SampleOf {
  using Raw = jackfield_exporter_sample;
  double value = 0;   /* for a histogram the sum */
  uint64_t count = 0; /* of a histogram */
  std::vector<PairOf<Text>> labels;
  std::vector<Bucket> buckets;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.value, raw.value);
    map.number(self.count, raw.count);
    map.list(self.labels, raw.labels);
    map.list(self.buckets, raw.buckets);
  }
};

template <class Text>
struct FamilyOf {
  using Raw = jackfield_exporter_family;
  MetricKind kind = MetricKind::gauge;
  Text name;
  Text unit;
  Text help;
  std::vector<SampleOf<Text>> samples;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.kind, raw.kind);
    map.text(self.name, raw.name);
    map.optional(self.unit, raw.unit);
    map.optional(self.help, raw.help);
    map.list(self.samples, raw.samples);
  }
};

template <class Text>
struct SpanOf {
  using Raw = jackfield_exporter_span;
  int64_t start = 0; /* nanoseconds since 1970 */
  int64_t end = 0;
  uint32_t kind = 1; /* OpenTelemetry SpanKind: 1 internal, 2 server, 3 client */
  int32_t code = 0;  /* JACKFIELD_OK or the reason */
  Text name, trace_id, span_id, parent_id;
  std::vector<PairOf<Text>> attributes;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.start, raw.start);
    map.number(self.end, raw.end);
    map.number(self.kind, raw.kind);
    map.number(self.code, raw.code);
    map.text(self.name, raw.name);
    map.text(self.trace_id, raw.trace_id);
    map.text(self.span_id, raw.span_id);
    map.optional(self.parent_id, raw.parent_id);
    map.list(self.attributes, raw.attributes);
  }
};

template <class Text>
struct SnapshotOf {
  using Raw = jackfield_exporter_snapshot;
  int64_t time = 0;  /* nanoseconds since 1970 */
  int64_t start = 0; /* since when counters and histograms count, the same; 0: not known */
  Text accept;      /* what the one who scrapes accepts, or empty */
  std::vector<FamilyOf<Text>> families;
  std::vector<SpanOf<Text>> spans;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.time, raw.time);
    map.number(self.start, raw.start);
    map.optional(self.accept, raw.accept);
    map.list(self.families, raw.families);
    map.list(self.spans, raw.spans);
  }
};
using Snapshot = SnapshotOf<std::string>;
using SnapshotView = SnapshotOf<std::string_view>;

struct Rendering {
  using Raw = jackfield_exporter_rendering;
  std::string content_type;
  std::string body;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.content_type, raw.content_type);
    map.data(self.body, raw.body);
  }
};

}  // namespace exporter
}  // namespace jackfield

#endif
