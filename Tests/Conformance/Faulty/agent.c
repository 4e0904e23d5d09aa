/* An agent that says what it was asked. */
#include <stdio.h>

#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_AGENT};
const char plugin_id[] = "agent/faulty";
const uint32_t plugin_service_count = 2;

const jackfield_layout *role_layout(uint32_t method) {
  if (method == JACKFIELD_AGENT_DESCRIBE) return &jackfield_agent_describe_layout;
  if (method == JACKFIELD_AGENT_INVOKE) return &jackfield_agent_invoke_layout;
  return NULL;
}

static void describe(work *w) {
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_agent_capability capability = {0};
  jackfield_item keyword = {{0, 0}};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Says what it was asked.");
  description.capabilities = jackfield_build_list(&b, 1, sizeof capability);
  capability.id = jackfield_build_string(&b, "echo");
  capability.description = jackfield_build_string(&b, "Repeats the question.");
  if (!FAULT(agent_without_keywords)) {
    capability.keywords = jackfield_build_list(&b, 1, sizeof keyword);
    keyword.text = jackfield_build_string(&b, "echo");
    jackfield_build_set(&b, capability.keywords, 0, &keyword);
  }
  jackfield_build_set(&b, description.capabilities, 0, &capability);
  PLAN_RESULT(w, &b, &description);
}

static void text(work *w, const void *data, uint64_t size) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_text(&b, data, size);
  PLAN_EVENT(w, JACKFIELD_AGENT_EVENT_TEXT, &b, &event);
}

static void progress(work *w, double fraction) {
  jackfield_builder b;
  jackfield_agent_progress event = {0};
  jackfield_build(&b, sizeof event);
  event.fraction = fraction;
  PLAN_EVENT(w, JACKFIELD_AGENT_EVENT_PROGRESS, &b, &event);
}

static void finding(work *w, const char *id, double value) {
  jackfield_builder b;
  jackfield_agent_finding event = {0};
  jackfield_build(&b, sizeof event);
  event.severity = FAULT(agent_unheard_severity) ? 9 : JACKFIELD_SEVERITY_INFO;
  event.present = JACKFIELD_FINDING_HAS_VALUE;
  event.value = value;
  event.id = jackfield_build_string(&b, id);
  event.title = jackfield_build_string(&b, "The question was read.");
  event.unit = jackfield_build_string(&b, "By");
  PLAN_EVENT(w, JACKFIELD_AGENT_EVENT_FINDING, &b, &event);
}

static void invoke(work *w) {
  jackfield_agent_invoke request;
  jackfield_read(w->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(w->request, request.input);
  w->is_doubled = jackfield_equals(input, "Twice.");
  if (!FAULT(agent_says_nothing)) {
    text(w, "Hello. ", 7);
    text(w, "You asked: ", 11);
    progress(w, 0.5);
    text(w, input.data, input.size);
    finding(w, "question.size", (double)input.size);
    finding(w, FAULT(agent_repeats_findings) ? "question.size" : "question.turns", request.history.count);
    progress(w, FAULT(agent_falls_back) ? 0.25 : 1);
  }
  if (FAULT(sees_the_machine)) {
    FILE *file = fopen("/etc/passwd", "re");
    text(w, file ? "I see." : "I see nothing.", file ? 6 : 14);
    if (file) fclose(file);
  }
  jackfield_builder b;
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  if (FAULT(agent_invents_a_model)) {
    result.flags = JACKFIELD_AGENT_CONSULTED;
    result.completion_tokens = 12;
  }
  PLAN_RESULT(w, &b, &result);
}

void role_answer(work *w) {
  if (w->method == JACKFIELD_AGENT_DESCRIBE)
    describe(w);
  else
    invoke(w);
}

void role_heard(work *w) { (void)w; }
