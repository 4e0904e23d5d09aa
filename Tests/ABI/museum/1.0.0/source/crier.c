/* A notifier that cries into the host's log, and finishes when the log has taken it. The receipt is "cried-" and the
   alert's id. It needs the service `log`, and says so. */
#define MUSEUM_ID "notifier/museum-crier"
#define MUSEUM_ROLE JACKFIELD_NOTIFIER
#define MUSEUM_SERVICES MUSEUM_USES(JACKFIELD_LOG, JACKFIELD_REQUIRED)
#include "museum.h"

static void field(jackfield_builder *b, jackfield_list list, uint32_t index, const char *name, jackfield_view value) {
  jackfield_pair pair;
  pair.name = jackfield_build_string(b, name);
  pair.value = jackfield_build_text(b, value.data, value.size);
  jackfield_build_set(b, list, index, &pair);
}

static int32_t start(void *instance, const jackfield_start *start) {
  static const char *const severities[] = {"ok", "info", "warning", "critical"};
  museum *self = instance;
  jackfield_notifier_alert alert;
  jackfield_log_write line = {0};
  jackfield_builder b;
  if (start->method != JACKFIELD_NOTIFIER_NOTIFY && start->method != JACKFIELD_NOTIFIER_RESOLVE)
    return JACKFIELD_UNSUPPORTED;
  jackfield_read(start->request, &alert, sizeof alert);
  museum_note *note = museum_write(self, 0, start->call, 0);
  if (note == NULL) return JACKFIELD_EXHAUSTED;
  jackfield_view id = jackfield_read_text(start->request, alert.id);
  note->length = (size_t)snprintf(note->text, sizeof note->text, "cried-%.*s", (int)(id.size < 256 ? id.size : 256),
                                  id.data ? (const char *)id.data : "");
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_WARNING;
  line.message = jackfield_build_string(
      &b, start->method == JACKFIELD_NOTIFIER_NOTIFY ? "hear ye" : "all is well again");
  line.fields = jackfield_build_list(&b, 4, sizeof(jackfield_pair));
  const char *word = alert.severity < 4 ? severities[alert.severity] : severities[3];
  jackfield_view severity = {word, strlen(word)};
  field(&b, line.fields, 0, "alert_rule", jackfield_read_text(start->request, alert.rule));
  field(&b, line.fields, 1, "alert_severity", severity);
  field(&b, line.fields, 2, "alert_title", jackfield_read_text(start->request, alert.title));
  field(&b, line.fields, 3, "alert_reference", jackfield_read_text(start->request, alert.reference));
  jackfield_start call = {0};
  call.size = sizeof call;
  call.method = JACKFIELD_LOG_WRITE;
  call.call = note->call;
  call.parent = start->call;
  call.request = jackfield_built(&b, &line);
  int32_t status = self->host->start(self->host->instance, &call);
  jackfield_build_free(&b);
  if (status != JACKFIELD_OK) free(museum_take(self, call.call, 1));
  return status;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  museum *self = instance;
  jackfield_builder b;
  jackfield_notifier_receipt receipt = {0};
  museum_note *note = museum_take(self, call, 1);
  if (note == NULL) return JACKFIELD_STALE;
  if (end->code == JACKFIELD_OK) {
    jackfield_build(&b, sizeof receipt);
    receipt.reference = jackfield_build_text(&b, note->text, note->length);
    museum_finish(self, note->parent, jackfield_built(&b, &receipt));
    jackfield_build_free(&b);
  } else {
    museum_fail(self, note->parent, end->code, "the log did not take what the crier had to say");
  }
  free(note);
  return JACKFIELD_OK;
}

/* The log answers at once: the call of ours ends by itself, and with it this one. */
static int32_t cancel(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_OK; }
static int32_t resume(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_OK;
}
