/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

#include <limits>

using jackfield::testing::Host;
namespace exporter = jackfield::exporter;

static exporter::Snapshot snapshot() {
  exporter::Snapshot all;
  all.time = 1700000000000000000;
  all.families.resize(2);
  all.families[0].kind = jackfield::MetricKind::counter;
  all.families[0].name = "requests";
  all.families[0].unit = "{request}";
  all.families[0].samples.resize(1);
  all.families[0].samples[0].value = 3;
  all.families[0].samples[0].labels = {{"path", "a \"b\""}};
  all.families[1].kind = jackfield::MetricKind::histogram;
  all.families[1].name = "duration";
  all.families[1].unit = "s";
  all.families[1].samples.resize(1);
  all.families[1].samples[0].value = 0.5;
  all.families[1].samples[0].count = 2;
  all.families[1].samples[0].buckets = {{0.1, 1}, {std::numeric_limits<double>::infinity(), 2}};
  all.spans.resize(1);
  all.spans[0].name = "GET /";
  all.spans[0].trace_id = std::string(32, 'a');
  all.spans[0].span_id = std::string(16, 'b');
  all.spans[0].start = 1;
  all.spans[0].end = 2;
  return all;
}

static std::string render(const char *config) {
  Host host(jackfield_plugin_v1(), config);
  auto run = host.call(JACKFIELD_EXPORTER_RENDER, snapshot());
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  auto rendering = run.result<exporter::Rendering>();
  JACKFIELD_EXPECT(rendering.content_type == "application/x-ndjson");
  return rendering.body;
}

static const std::string counter =
    R"({"name":"requests","kind":"counter","unit":"{request}","labels":{"path":"a \"b\""},"value":3,)"
    R"("time":1700000000000000000})"
    "\n";
static const std::string histogram =
    R"({"name":"duration","kind":"histogram","unit":"s","labels":{},"count":2,"sum":0.5,)"
    R"("buckets":[{"le":0.1,"count":1},{"le":"+Inf","count":2}],"time":1700000000000000000})"
    "\n";

static void renders_each_kind() {
  std::string body = render("{}");
  JACKFIELD_EXPECT(body.find(counter + histogram + "{\"span\":\"GET /\"") == 0);
  JACKFIELD_EXPECT(body.find("\"parent_id\":null") != std::string::npos);
}

static void leaves_spans_out() { JACKFIELD_EXPECT(render(R"({"spans": false})") == counter + histogram); }

static void puts_a_prefix_before_names() {
  JACKFIELD_EXPECT(render(R"({"prefix": "my."})").find("{\"name\":\"my.requests\"") == 0);
}

static void does_not_push() {
  Host host(jackfield_plugin_v1());
  JACKFIELD_EXPECT(host.call(JACKFIELD_EXPORTER_PUSH, snapshot()).code == JACKFIELD_UNSUPPORTED);
}

int main() {
  renders_each_kind();
  leaves_spans_out();
  puts_a_prefix_before_names();
  does_not_push();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
