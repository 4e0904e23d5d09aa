/* A scraped exporter: a line for each family with its kind, its unit and how many samples it has, and the first one's
   labels. */
#define MUSEUM_ID "exporter/museum-clerk"
#define MUSEUM_ROLE JACKFIELD_EXPORTER
#include "museum.h"

static const char *kind(uint32_t number) {
  return number == JACKFIELD_METRIC_COUNTER     ? "counter"
         : number == JACKFIELD_METRIC_GAUGE     ? "gauge"
         : number == JACKFIELD_METRIC_HISTOGRAM ? "histogram"
                                                : "something new";
}

static void write_text(FILE *out, jackfield_view view) {
  if (view.size) fwrite(view.data, 1, view.size, out);
}

static void write_family(FILE *out, jackfield_view snapshot, jackfield_list families, uint32_t index) {
  jackfield_exporter_family family;
  jackfield_read_element(snapshot, families, index, &family, sizeof family);
  write_text(out, jackfield_read_text(snapshot, family.name));
  fprintf(out, " %s [", kind(family.kind));
  write_text(out, jackfield_read_text(snapshot, family.unit));
  fprintf(out, "] %u", family.samples.count);
  if (family.samples.count) {
    jackfield_exporter_sample sample;
    jackfield_read_element(snapshot, family.samples, 0, &sample, sizeof sample);
    for (uint32_t i = 0; i < sample.labels.count; i++) {
      jackfield_pair label;
      jackfield_read_element(snapshot, sample.labels, i, &label, sizeof label);
      fputc(' ', out);
      write_text(out, jackfield_read_text(snapshot, label.name));
      fputc('=', out);
      write_text(out, jackfield_read_text(snapshot, label.value));
    }
    if (sample.buckets.count) {
      jackfield_exporter_bucket last;
      jackfield_read_element(snapshot, sample.buckets, sample.buckets.count - 1, &last, sizeof last);
      fprintf(out, " %s", last.upper > 1e300 && last.count == sample.count ? "whole" : "cut off");
    }
  }
  fputc('\n', out);
}

static int32_t start(void *instance, const jackfield_start *start) {
  jackfield_exporter_snapshot snapshot;
  jackfield_exporter_rendering rendering = {0};
  jackfield_builder b;
  char *text = NULL;
  size_t size = 0;
  if (start->method != JACKFIELD_EXPORTER_RENDER) return JACKFIELD_UNSUPPORTED;
  if (jackfield_check(&jackfield_exporter_snapshot_layout, start->request).kind != JACKFIELD_FAULT_NONE)
    return JACKFIELD_INVALID_ARGUMENT;
  jackfield_read(start->request, &snapshot, sizeof snapshot);
  FILE *out = open_memstream(&text, &size);
  if (out == NULL) return JACKFIELD_EXHAUSTED;
  fprintf(out, "the clerk counts %s\n", snapshot.time > 0 && snapshot.start <= snapshot.time ? "in time" : "out of time");
  for (uint32_t i = 0; i < snapshot.families.count; i++) write_family(out, start->request, snapshot.families, i);
  fclose(out);
  jackfield_build(&b, sizeof rendering);
  rendering.content_type = jackfield_build_string(&b, "text/plain; charset=utf-8; clerk=museum");
  rendering.body = jackfield_build_data(&b, text, size);
  free(text);
  museum_finish(instance, start->call, jackfield_built(&b, &rendering));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}

static int32_t cancel(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }
static int32_t resume(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
