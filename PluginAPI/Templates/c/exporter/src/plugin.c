/* @ID@: metrics and spans as lines of JSON. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

typedef struct state {
  int spans;
  char prefix[]; /* before each metric's name */
} state;

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  const char *prefix = json_text(config, "prefix", "");
  state *s = malloc(sizeof *s + strlen(prefix) + 1);
  if (s == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
  strcpy(s->prefix, prefix);
  s->spans = json_boolean(config, "spans", 1);
  *made = s;
  return JACKFIELD_OK;
}

void plugin_release(void *made) { free(made); }

/* JSON has no number for what is not finite. */
static void add_double(text *out, double value) {
  if (isfinite(value))
    text_add_number(out, value);
  else
    text_add(out, isnan(value) ? "\"NaN\"" : value > 0 ? "\"+Inf\"" : "\"-Inf\"");
}

static void add_count(text *out, const char *before, uint64_t count) {
  char digits[32];
  text_add(out, before);
  snprintf(digits, sizeof digits, "%" PRIu64, count);
  text_add(out, digits);
}

static void add_integer(text *out, const char *before, int64_t number) {
  text_add(out, before);
  text_add_integer(out, number);
}

static void add_text(text *out, const char *before, jackfield_view snapshot, jackfield_text field) {
  jackfield_view view = jackfield_read_text(snapshot, field);
  text_add(out, before);
  text_add_quoted(out, view.data, view.size);
}

static void add_pairs(text *out, const char *before, jackfield_view snapshot, jackfield_list list) {
  text_add(out, before);
  for (uint32_t i = 0; i < list.count; i++) {
    jackfield_pair pair;
    jackfield_read_element(snapshot, list, i, &pair, sizeof pair);
    add_text(out, i ? "," : "", snapshot, pair.name);
    add_text(out, ":", snapshot, pair.value);
  }
  text_add(out, "}");
}

static void add_sample(text *out, const state *s, jackfield_view snapshot, const jackfield_exporter_family *family,
                       const jackfield_exporter_sample *sample, int64_t time) {
  jackfield_view name = jackfield_read_text(snapshot, family->name);
  int is_histogram = family->kind == JACKFIELD_METRIC_HISTOGRAM;
  text whole = {0};
  text_add(&whole, s->prefix);
  text_add_bytes(&whole, name.data, name.size);
  text_add(out, "{\"name\":");
  text_add_quoted(out, whole.data, whole.size);
  out->failed |= whole.failed;
  text_free(&whole);
  text_add(out, is_histogram                                     ? ",\"kind\":\"histogram\""
                : family->kind == JACKFIELD_METRIC_COUNTER ? ",\"kind\":\"counter\""
                                                           : ",\"kind\":\"gauge\"");
  add_text(out, ",\"unit\":", snapshot, family->unit);
  add_pairs(out, ",\"labels\":{", snapshot, sample->labels);
  if (is_histogram) {
    add_count(out, ",\"count\":", sample->count);
    text_add(out, ",\"sum\":");
    add_double(out, sample->value);
    text_add(out, ",\"buckets\":[");
    for (uint32_t i = 0; i < sample->buckets.count; i++) {
      jackfield_exporter_bucket bucket;
      jackfield_read_element(snapshot, sample->buckets, i, &bucket, sizeof bucket);
      text_add(out, i ? ",{\"le\":" : "{\"le\":");
      add_double(out, bucket.upper);
      add_count(out, ",\"count\":", bucket.count);
      text_add(out, "}");
    }
    text_add(out, "]");
  } else {
    text_add(out, ",\"value\":");
    add_double(out, sample->value);
  }
  add_integer(out, ",\"time\":", time);
  text_add(out, "}\n");
}

static void add_span(text *out, jackfield_view snapshot, const jackfield_exporter_span *span) {
  add_text(out, "{\"span\":", snapshot, span->name);
  add_text(out, ",\"trace_id\":", snapshot, span->trace_id);
  add_text(out, ",\"span_id\":", snapshot, span->span_id);
  if (span->parent_id.length)
    add_text(out, ",\"parent_id\":", snapshot, span->parent_id);
  else
    text_add(out, ",\"parent_id\":null");
  add_count(out, ",\"kind\":", span->kind);
  add_integer(out, ",\"code\":", span->code);
  add_integer(out, ",\"start\":", span->start);
  add_integer(out, ",\"end\":", span->end);
  add_pairs(out, ",\"attributes\":{", snapshot, span->attributes);
  text_add(out, "}\n");
}

static void render(const state *s, jackfield_view request, text *out) {
  jackfield_exporter_snapshot snapshot;
  jackfield_read(request, &snapshot, sizeof snapshot);
  for (uint32_t i = 0; i < snapshot.families.count; i++) {
    jackfield_exporter_family family;
    jackfield_read_element(request, snapshot.families, i, &family, sizeof family);
    for (uint32_t k = 0; k < family.samples.count; k++) {
      jackfield_exporter_sample sample;
      jackfield_read_element(request, family.samples, k, &sample, sizeof sample);
      add_sample(out, s, request, &family, &sample, snapshot.time);
    }
  }
  for (uint32_t i = 0; s->spans && i < snapshot.spans.count; i++) {
    jackfield_exporter_span span;
    jackfield_read_element(request, snapshot.spans, i, &span, sizeof span);
    add_span(out, request, &span);
  }
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  jackfield_builder b;
  jackfield_exporter_rendering rendering = {0};
  text out = {0};
  if (method != JACKFIELD_EXPORTER_RENDER) {
    call_fail(c, JACKFIELD_UNSUPPORTED, "this exporter does not push");
    return;
  }
  render(call_state(c), request, &out);
  if (out.failed) {
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the rendering");
  } else {
    jackfield_build(&b, sizeof rendering);
    rendering.content_type = jackfield_build_string(&b, "application/x-ndjson");
    rendering.body = jackfield_build_data(&b, out.data, out.size);
    call_finish(c, &b, &rendering);
  }
  text_free(&out);
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_EXPORTER};
static const jackfield_interface *const roles[] = {&role};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .role_count = 1,
    .roles = roles,
    .create = base_create,
    .open = base_open,
    .drain = base_drain,
    .close = base_close,
    .destroy = base_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin_descriptor; }
