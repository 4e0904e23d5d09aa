/* An exporter that renders a line for each sample. */
#include <math.h>
#include <stdio.h>

#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_EXPORTER};
const char plugin_id[] = "exporter/faulty";
const uint32_t plugin_service_count = 2;

const jackfield_layout *role_layout(uint32_t method) {
  if (FAULT(exporter_without_methods)) return NULL;
  return method == JACKFIELD_EXPORTER_RENDER ? &jackfield_exporter_snapshot_layout : NULL;
}

static void line(jackfield_builder *b, const char *format, jackfield_view name, double value) {
  char buffer[400];
  int size = snprintf(buffer, sizeof buffer, format, (int)(name.size < 200 ? name.size : 200),
                      name.data ? (const char *)name.data : "", value);
  jackfield_build_text(b, buffer, (uint64_t)size);
}

void role_answer(work *w) {
  jackfield_exporter_snapshot request;
  jackfield_read(w->request, &request, sizeof request);
  jackfield_builder b, body;
  jackfield_exporter_rendering result = {0};
  memset(&body, 0, sizeof body);
  if (FAULT(exporter_wants_metrics) && request.families.count == 0) {
    plan_error(w, JACKFIELD_INVALID_ARGUMENT, "there are no metrics");
    return;
  }
  for (uint32_t i = 0; i < request.families.count; i++) {
    jackfield_exporter_family family;
    jackfield_read_element(w->request, request.families, i, &family, sizeof family);
    jackfield_view name = jackfield_read_text(w->request, family.name);
    for (uint32_t k = 0; k < family.samples.count; k++) {
      jackfield_exporter_sample sample;
      jackfield_read_element(w->request, family.samples, k, &sample, sizeof sample);
      if (FAULT(exporter_wants_numbers) && !isfinite(sample.value)) {
        jackfield_build_free(&body);
        plan_error(w, JACKFIELD_INVALID_ARGUMENT, "a value is not finite");
        return;
      }
      line(&body, "%.*s %.17g\n", name, sample.value);
    }
  }
  if (FAULT(exporter_counts)) {
    pthread_mutex_lock(&w->self->lock);
    int answered = ++w->self->answered;
    pthread_mutex_unlock(&w->self->lock);
    line(&body, "# %.*s %g\n", (jackfield_view){"renderings", 10}, answered);
  }
  jackfield_build(&b, sizeof result);
  result.content_type = jackfield_build_string(&b, FAULT(exporter_without_type) ? "text" : "text/plain");
  result.body = jackfield_build_data(&b, body.bytes, body.size);
  jackfield_build_free(&body);
  PLAN_RESULT(w, &b, &result);
}

void role_heard(work *w) { (void)w; }
