/* @ID@: says how long this machine has been running. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

typedef struct state {
  double limit; /* days */
} state;

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  state *s = calloc(1, sizeof *s);
  if (s == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
  s->limit = json_number(config, "warn_after_days", 30);
  *made = s;
  return JACKFIELD_OK;
}

void plugin_release(void *made) { free(made); }

static jackfield_list words(jackfield_builder *b, const char *const *each, uint32_t count) {
  jackfield_list list = jackfield_build_list(b, count, sizeof(jackfield_item));
  for (uint32_t i = 0; i < count; i++) {
    jackfield_item item = {jackfield_build_string(b, each[i])};
    jackfield_build_set(b, list, i, &item);
  }
  return list;
}

static void describe(call *c) {
  static const char *const keywords[] = {"@NAME@", "uptime", "how long running", "since the last restart"};
  static const char *const examples[] = {"How long has this machine been up?"};
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_agent_capability uptime = {0};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Says how long this machine has been running.");
  description.capabilities = jackfield_build_list(&b, 1, sizeof uptime);
  uptime.id = jackfield_build_string(&b, "uptime");
  uptime.description =
      jackfield_build_string(&b, "How long this machine has been running since it was started.");
  uptime.keywords = words(&b, keywords, JACKFIELD_COUNT(keywords));
  uptime.examples = words(&b, examples, JACKFIELD_COUNT(examples));
  jackfield_build_set(&b, description.capabilities, 0, &uptime);
  call_finish(c, &b, &description);
}

/* Whole days since the machine was started; below 0 if that cannot be read, and then errno says why. */
static long days_running(void) {
  double seconds = -1;
  FILE *file = fopen("/proc/uptime", "re");
  if (file == NULL) return -1;
  errno = EINVAL;
  int found = fscanf(file, "%lf", &seconds);
  fclose(file);
  return found == 1 ? (long)(seconds / 86400) : -1;
}

static int32_t tell(call *c, long days, double limit, int is_due) {
  jackfield_builder b;
  jackfield_agent_finding finding = {0};
  jackfield_agent_text answer = {0};
  char title[128];
  text sentence = {0};
  snprintf(title, sizeof title, "The machine has been running for %ld day%s.", days, days == 1 ? "" : "s");
  jackfield_build(&b, sizeof finding);
  finding.severity = is_due ? JACKFIELD_SEVERITY_WARNING : JACKFIELD_SEVERITY_INFO;
  finding.present = JACKFIELD_FINDING_HAS_VALUE | JACKFIELD_FINDING_HAS_THRESHOLD;
  finding.value = (double)days;
  finding.threshold = limit;
  finding.id = jackfield_build_string(&b, "@SNAKE@.uptime");
  finding.title = jackfield_build_string(&b, title);
  finding.unit = jackfield_build_string(&b, "d");
  finding.source = jackfield_build_string(&b, "/proc/uptime");
  int32_t code = call_emit(c, JACKFIELD_AGENT_EVENT_FINDING, &b, &finding);
  if (code != JACKFIELD_OK) return code;

  text_add(&sentence, title);
  if (is_due) {
    text_add(&sentence, " It is due for a restart: the limit is ");
    text_add_number(&sentence, limit);
    text_add(&sentence, " days.");
  }
  jackfield_build(&b, sizeof answer);
  answer.text = jackfield_build_text(&b, sentence.data, sentence.size);
  text_free(&sentence);
  return call_emit(c, JACKFIELD_AGENT_EVENT_TEXT, &b, &answer);
}

static void invoke(call *c) {
  const state *s = call_state(c);
  jackfield_builder b;
  jackfield_agent_result result = {0};
  long days = days_running();
  if (days < 0) {
    call_fail(c, JACKFIELD_UNAVAILABLE, "cannot read /proc/uptime: %s", strerror(errno));
    return;
  }
  int32_t code = tell(c, days, s->limit, (double)days >= s->limit);
  if (code != JACKFIELD_OK) {
    call_end(c, code);
    return;
  }
  jackfield_build(&b, sizeof result);
  call_finish(c, &b, &result);
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  (void)request; /* whatever the question is, this is the answer */
  if (method == JACKFIELD_AGENT_DESCRIBE)
    describe(c);
  else
    invoke(c);
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_AGENT};
static const jackfield_interface *const roles[] = {&role};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .flags = JACKFIELD_MAY_BLOCK,
    .concurrency = 4,
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
