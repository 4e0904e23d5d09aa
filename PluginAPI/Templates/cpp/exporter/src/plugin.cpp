/* @ID@: metrics and spans as lines of JSON. */
#include <jackfield/jackfield.hpp>

#include <cmath>

namespace {

using jackfield::Json;
using jackfield::MetricKind;

void write(double value, std::string &out) {
  if (std::isfinite(value))
    Json::write_number(value, out);
  else
    out += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"+Inf\"" : "\"-Inf\"";
}

void write(const std::vector<jackfield::PairView> &pairs, std::string &out) {
  out += '{';
  for (const jackfield::PairView &pair : pairs) {
    if (&pair != &pairs.front()) out += ',';
    Json::write_text(pair.name, out);
    out += ':';
    Json::write_text(pair.value, out);
  }
  out += '}';
}

const char *name_of(MetricKind kind) {
  switch (kind) {
    case MetricKind::counter: return "\"counter\"";
    case MetricKind::histogram: return "\"histogram\"";
    default: return "\"gauge\"";
  }
}

class @TYPE@ final : public jackfield::Exporter {
  using Family = jackfield::exporter::FamilyOf<std::string_view>;
  using Sample = jackfield::exporter::SampleOf<std::string_view>;
  using Span = jackfield::exporter::SpanOf<std::string_view>;

 public:
  explicit @TYPE@(const jackfield::Setup &setup)
      : prefix_(setup.config["prefix"].text()), spans_(setup.config["spans"].boolean(true)) {}

  jackfield::exporter::Rendering render(const jackfield::exporter::SnapshotView &snapshot, jackfield::Call &) override {
    jackfield::exporter::Rendering rendering;
    rendering.content_type = "application/x-ndjson";
    for (const Family &family : snapshot.families)
      for (const Sample &sample : family.samples) add(family, sample, snapshot.time, rendering.body);
    if (spans_)
      for (const Span &span : snapshot.spans) add(span, rendering.body);
    return rendering;
  }

 private:
  void add(const Family &family, const Sample &sample, int64_t time, std::string &out) const {
    out += "{\"name\":";
    Json::write_text(prefix_ + std::string(family.name), out);
    out += ",\"kind\":";
    out += name_of(family.kind);
    out += ",\"unit\":";
    Json::write_text(family.unit, out);
    out += ",\"labels\":";
    write(sample.labels, out);
    if (family.kind == MetricKind::histogram) {
      out += ",\"count\":" + std::to_string(sample.count) + ",\"sum\":";
      write(sample.value, out);
      out += ",\"buckets\":[";
      for (const jackfield::exporter::Bucket &bucket : sample.buckets) {
        if (&bucket != &sample.buckets.front()) out += ',';
        out += "{\"le\":";
        write(bucket.upper, out);
        out += ",\"count\":" + std::to_string(bucket.count) + "}";
      }
      out += ']';
    } else {
      out += ",\"value\":";
      write(sample.value, out);
    }
    out += ",\"time\":" + std::to_string(time) + "}\n";
  }

  static void add(const Span &span, std::string &out) {
    out += "{\"span\":";
    Json::write_text(span.name, out);
    out += ",\"trace_id\":";
    Json::write_text(span.trace_id, out);
    out += ",\"span_id\":";
    Json::write_text(span.span_id, out);
    out += ",\"parent_id\":";
    if (span.parent_id.empty())
      out += "null";
    else
      Json::write_text(span.parent_id, out);
    out += ",\"kind\":" + std::to_string(span.kind) + ",\"code\":" + std::to_string(span.code) +
           ",\"start\":" + std::to_string(span.start) + ",\"end\":" + std::to_string(span.end) + ",\"attributes\":";
    write(span.attributes, out);
    out += "}\n";
  }

  const std::string prefix_;
  const bool spans_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::non_blocking())
