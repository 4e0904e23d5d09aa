/* @ID@: posts alerts to a webhook. */
#include <stdio.h>
#include <stdlib.h>

#include "upstream.h"

typedef struct state {
  text url;
  text secret; /* the name of one, or empty */
} state;

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  state *s = calloc(1, sizeof *s);
  if (s == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
  text_add(&s->url, json_text(config, "url", "http://127.0.0.1:9000/hook"));
  text_add(&s->secret, json_text(config, "token_secret", ""));
  *made = s;
  if (!s->url.failed && !s->secret.failed) return JACKFIELD_OK;
  plugin_release(s);
  return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
}

void plugin_release(void *made) {
  state *s = made;
  text_free(&s->url);
  text_free(&s->secret);
  free(s);
}

static void add_text(text *out, const char *before, jackfield_view request, jackfield_text field, int or_null) {
  jackfield_view view = jackfield_read_text(request, field);
  text_add(out, before);
  if (view.size == 0 && or_null)
    text_add(out, "null");
  else
    text_add_quoted(out, view.data, view.size);
}

static const char *name_of(uint32_t severity) {
  switch (severity) {
    case JACKFIELD_SEVERITY_OK: return "ok";
    case JACKFIELD_SEVERITY_INFO: return "info";
    case JACKFIELD_SEVERITY_WARNING: return "warning";
    default: return "critical";
  }
}

static void write_alert(text *out, const char *event, jackfield_view request) {
  jackfield_notifier_alert alert;
  jackfield_read(request, &alert, sizeof alert);
  text_add(out, "{\"event\":\"");
  text_add(out, event);
  add_text(out, "\",\"id\":", request, alert.id, 0);
  add_text(out, ",\"rule\":", request, alert.rule, 0);
  text_add(out, ",\"severity\":\"");
  text_add(out, name_of(alert.severity));
  add_text(out, "\",\"title\":", request, alert.title, 0);
  add_text(out, ",\"detail\":", request, alert.detail, 1);
  add_text(out, ",\"source\":", request, alert.source, 0);
  text_add(out, ",\"started\":");
  text_add_integer(out, alert.started);
  text_add(out, ",\"ended\":");
  if (alert.ended)
    text_add_integer(out, alert.ended);
  else
    text_add(out, "null");
  add_text(out, ",\"reference\":", request, alert.reference, 1);
  text_add(out, ",\"labels\":{");
  for (uint32_t i = 0; i < alert.labels.count; i++) {
    jackfield_pair pair;
    jackfield_read_element(request, alert.labels, i, &pair, sizeof pair);
    add_text(out, i ? "," : "", request, pair.name, 0);
    add_text(out, ":", request, pair.value, 0);
  }
  text_add(out, "}}");
}

/* A webhook owes no answer; if it gives one with a `reference` or an `id`, that is the receipt. */
static void finish(call *c, upstream *u) {
  jackfield_builder b;
  jackfield_notifier_receipt receipt = {0};
  text body = {0};
  upstream_beginning(u, &body, 64 * 1024);
  if (service_code(u->call) != JACKFIELD_OK) {
    service_fail(c, u->call);
    text_free(&body);
    return;
  }
  json *answer = body.data == NULL ? NULL : json_parse(body.data, body.size, NULL);
  const char *reference = json_text(answer, "reference", json_text(answer, "id", ""));
  jackfield_build(&b, sizeof receipt);
  if (reference[0]) receipt.reference = jackfield_build_string(&b, reference);
  call_finish(c, &b, &receipt);
  json_free(answer);
  text_free(&body);
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  const state *s = call_state(c);
  text body = {0};
  upstream u;
  write_alert(&body, method == JACKFIELD_NOTIFIER_NOTIFY ? "notify" : "resolve", request);
  if (upstream_send(c, &u, "POST", s->url.data, s->secret.data, &body)) {
    if (u.status >= 200 && u.status <= 299) {
      finish(c, &u);
    } else {
      char status[16];
      snprintf(status, sizeof status, "%u", (unsigned)u.status);
      service_log(c, JOURNAL, JACKFIELD_LOG_WARNING, "the webhook did not take an alert", "status", status);
      upstream_refused(c, &u);
    }
    service_free(u.call);
  }
  text_free(&body);
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_NOTIFIER};
static const jackfield_interface *const roles[] = {&role};
static const jackfield_interface http = {
    .size = sizeof http, .revision = 1, .id = JACKFIELD_HTTP, .flags = JACKFIELD_REQUIRED};
static const jackfield_interface journal = {.size = sizeof journal, .revision = 1, .id = JACKFIELD_LOG};
static const jackfield_interface *const services[] = {[HTTP] = &http, [JOURNAL] = &journal};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .flags = JACKFIELD_MAY_BLOCK,
    .concurrency = 4,
    .role_count = 1,
    .service_count = JACKFIELD_COUNT(services),
    .roles = roles,
    .services = services,
    .create = base_create,
    .open = base_open,
    .drain = base_drain,
    .close = base_close,
    .destroy = base_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin_descriptor; }
