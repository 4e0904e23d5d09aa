/* Run by `make test`. */
#include <math.h>

#include "host.h"

static jackfield_view snapshot(jackfield_builder *b) {
  jackfield_exporter_snapshot all = {0};
  jackfield_exporter_family family = {0};
  jackfield_exporter_sample sample = {0};
  jackfield_exporter_bucket bucket = {0.1, 1};
  jackfield_exporter_span span = {0};
  jackfield_pair label;
  jackfield_build(b, sizeof all);
  all.time = 1700000000000000000;
  all.families = jackfield_build_list(b, 2, sizeof family);

  family.kind = JACKFIELD_METRIC_COUNTER;
  family.name = jackfield_build_string(b, "requests");
  family.unit = jackfield_build_string(b, "{request}");
  family.samples = jackfield_build_list(b, 1, sizeof sample);
  sample.value = 3;
  sample.labels = jackfield_build_list(b, 1, sizeof label);
  label.name = jackfield_build_string(b, "path");
  label.value = jackfield_build_string(b, "a \"b\"");
  jackfield_build_set(b, sample.labels, 0, &label);
  jackfield_build_set(b, family.samples, 0, &sample);
  jackfield_build_set(b, all.families, 0, &family);

  memset(&sample, 0, sizeof sample);
  family.kind = JACKFIELD_METRIC_HISTOGRAM;
  family.name = jackfield_build_string(b, "duration");
  family.unit = jackfield_build_string(b, "s");
  family.samples = jackfield_build_list(b, 1, sizeof sample);
  sample.value = 0.5;
  sample.count = 2;
  sample.buckets = jackfield_build_list(b, 2, sizeof bucket);
  jackfield_build_set(b, sample.buckets, 0, &bucket);
  bucket.upper = INFINITY;
  bucket.count = 2;
  jackfield_build_set(b, sample.buckets, 1, &bucket);
  jackfield_build_set(b, family.samples, 0, &sample);
  jackfield_build_set(b, all.families, 1, &family);

  all.spans = jackfield_build_list(b, 1, sizeof span);
  span.start = 1;
  span.end = 2;
  span.kind = 1;
  span.name = jackfield_build_string(b, "GET /");
  span.trace_id = jackfield_build_string(b, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  span.span_id = jackfield_build_string(b, "bbbbbbbbbbbbbbbb");
  jackfield_build_set(b, all.spans, 0, &span);
  return jackfield_built(b, &all);
}

/* The whole rendering. Free it. */
static char *render(const char *config) {
  jackfield_builder b;
  jackfield_exporter_rendering rendering = {0};
  EXPECT(test_open(config) == JACKFIELD_OK);
  test_call(JACKFIELD_EXPORTER_RENDER, snapshot(&b));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  jackfield_read(test.result, &rendering, sizeof rendering);
  EXPECT(test_equals(test.result, rendering.content_type, "application/x-ndjson"));
  jackfield_view body = test_copy(jackfield_read_data(test.result, rendering.body));
  test_close();
  return (char *)body.data;
}

static const char lines[] =
    "{\"name\":\"requests\",\"kind\":\"counter\",\"unit\":\"{request}\",\"labels\":{\"path\":\"a \\\"b\\\"\"},"
    "\"value\":3,\"time\":1700000000000000000}\n"
    "{\"name\":\"duration\",\"kind\":\"histogram\",\"unit\":\"s\",\"labels\":{},\"count\":2,\"sum\":0.5,"
    "\"buckets\":[{\"le\":0.1,\"count\":1},{\"le\":\"+Inf\",\"count\":2}],\"time\":1700000000000000000}\n";

static void renders_each_kind(void) {
  char *body = render("{}");
  EXPECT(strncmp(body, lines, sizeof lines - 1) == 0);
  EXPECT(strncmp(body + sizeof lines - 1, "{\"span\":\"GET /\"", 15) == 0);
  EXPECT(strstr(body, "\"parent_id\":null") != NULL);
  free(body);
}

static void leaves_spans_out(void) {
  char *body = render("{\"spans\": false}");
  EXPECT(strcmp(body, lines) == 0);
  free(body);
}

static void puts_a_prefix_before_names(void) {
  char *body = render("{\"prefix\": \"my.\"}");
  EXPECT(strncmp(body, "{\"name\":\"my.requests\"", 21) == 0);
  free(body);
}

static void does_not_push(void) {
  jackfield_builder b;
  EXPECT(test_open("{}") == JACKFIELD_OK);
  test_call(JACKFIELD_EXPORTER_PUSH, snapshot(&b));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_UNSUPPORTED);
  test_close();
}

int main(void) {
  renders_each_kind();
  leaves_spans_out();
  puts_a_prefix_before_names();
  does_not_push();
  return test.failures == 0 ? 0 : 1;
}
