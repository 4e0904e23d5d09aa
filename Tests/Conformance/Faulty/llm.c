/* A provider that reads its answer from an upstream over http. */
#include <stdio.h>

#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_LLM};
const char plugin_id[] = "llm/faulty";
const uint32_t plugin_service_count = 3;

const jackfield_layout *role_layout(uint32_t method) {
  if (method == JACKFIELD_LLM_MODELS) return &jackfield_llm_models_layout;
  if (method == JACKFIELD_LLM_COMPLETE) return &jackfield_llm_complete_layout;
  if (method == JACKFIELD_LLM_EMBED) return &jackfield_llm_embed_layout;
  return NULL;
}

static void models(work *w) {
  static const char *const names[] = {"small", "large"};
  jackfield_builder b;
  jackfield_llm_models_result result = {0};
  jackfield_build(&b, sizeof result);
  result.models = jackfield_build_list(&b, 2, sizeof(jackfield_llm_model));
  for (uint32_t i = 0; i < 2; i++) {
    jackfield_llm_model model = {0};
    model.id = jackfield_build_string(&b, names[FAULT(llm_lists_twice) ? 0 : i]);
    jackfield_build_set(&b, result.models, i, &model);
  }
  PLAN_RESULT(w, &b, &result);
}

/* Two numbers for each text: how long it is, and how it begins. */
static void embed(work *w) {
  jackfield_llm_embed request;
  jackfield_read(w->request, &request, sizeof request);
  uint32_t count = request.input.count - (FAULT(llm_loses_a_vector) && request.input.count > 0);
  jackfield_builder b;
  jackfield_llm_embed_result result = {0};
  jackfield_build(&b, sizeof result);
  result.vectors = jackfield_build_list(&b, count, sizeof(jackfield_llm_vector));
  for (uint32_t i = 0; i < count; i++) {
    jackfield_item item;
    jackfield_llm_vector vector = {{0, 0}};
    jackfield_read_element(w->request, request.input, i, &item, sizeof item);
    jackfield_view text = jackfield_read_text(w->request, item.text);
    float values[2] = {(float)text.size, text.size ? (float)((const uint8_t *)text.data)[0] : 0};
    vector.values = jackfield_build_data(&b, values, sizeof values);
    jackfield_build_set(&b, result.vectors, i, &vector);
  }
  PLAN_RESULT(w, &b, &result);
}

static void text(work *w, uint32_t choice, const void *data, uint64_t size) {
  jackfield_builder b;
  jackfield_llm_text event = {0};
  jackfield_build(&b, sizeof event);
  event.choice = choice;
  event.kind = FAULT(llm_unheard_kind) ? 9 : JACKFIELD_LLM_CONTENT;
  event.text = jackfield_build_text(&b, data, size);
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_TEXT, &b, &event);
}

static void tool_call(work *w) {
  jackfield_builder b;
  jackfield_llm_tool_call event = {0};
  jackfield_build(&b, sizeof event);
  if (!FAULT(llm_nameless_call)) event.id = jackfield_build_string(&b, "call-1");
  event.name = jackfield_build_string(&b, "clock");
  event.arguments = jackfield_build_string(&b, "{}");
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_TOOL_CALL, &b, &event);
}

static void tool_run(work *w) {
  jackfield_builder b;
  jackfield_llm_tool_run event = {0};
  jackfield_build(&b, sizeof event);
  event.round = 1;
  event.name = jackfield_build_string(&b, "tool/clock");
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_TOOL_RUN, &b, &event);
}

static void extra(work *w) {
  jackfield_builder b;
  jackfield_llm_extra event = {0};
  jackfield_build(&b, sizeof event);
  const char *json = FAULT(llm_extra_text) ? "thought for a while" : "{\"thought\":\"for a while\"}";
  event.json = jackfield_build_string(&b, json);
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_EXTRA, &b, &event);
}

static void stop(work *w) {
  jackfield_builder b;
  jackfield_llm_stop event = {0};
  jackfield_build(&b, sizeof event);
  event.reason = jackfield_build_string(&b, "stop");
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_STOP, &b, &event);
}

static void usage(work *w) {
  jackfield_builder b;
  jackfield_llm_usage event = {0};
  jackfield_build(&b, sizeof event);
  event.flags = JACKFIELD_LLM_ESTIMATED;
  event.prompt_tokens = 8;
  event.completion_tokens = 3;
  event.total_tokens = FAULT(llm_adds_wrongly) ? 10 : 11;
  PLAN_EVENT(w, JACKFIELD_LLM_EVENT_USAGE, &b, &event);
}

void role_answer(work *w) {
  if (w->method == JACKFIELD_LLM_MODELS) {
    models(w);
  } else if (w->method == JACKFIELD_LLM_EMBED) {
    embed(w);
  } else {
    jackfield_llm_complete request;
    jackfield_read(w->request, &request, sizeof request);
    if (request.present & JACKFIELD_LLM_HAS_CHOICES && request.choices != 1)
      plan_error(w, JACKFIELD_UNSUPPORTED, "this provider gives one answer, so `choices` is 1 or not there");
    else
      w->url = "https://models.example/answer";
  }
}

static void refuse(work *w, int32_t code, int64_t rest, const char *message) {
  plan_error(w, code, message);
  w->retry = code == JACKFIELD_UNAVAILABLE || code == JACKFIELD_RATE_LIMITED;
  w->retry_after = rest * 1000000000;
}

void role_heard(work *w) {
  if (w->http_code != JACKFIELD_OK) {
    refuse(w, w->http_code < 0 || w->http_code > JACKFIELD_UNSUPPORTED ? JACKFIELD_INTERNAL : w->http_code, 0,
           "the upstream was not reached");
  } else if (w->status == 429) {
    refuse(w, JACKFIELD_RATE_LIMITED, FAULT(llm_hurries) ? 0 : w->rest, "the upstream is asked too often");
  } else if (w->status >= 500) {
    refuse(w, FAULT(llm_blames_itself) ? JACKFIELD_INTERNAL : JACKFIELD_UNAVAILABLE, 0, "the upstream is down");
  } else if (w->status != 200 || !jackfield_is_utf8(w->body.bytes, w->body.size)) {
    refuse(w, JACKFIELD_INTERNAL, 0, "the upstream answered with something that is no text");
  } else {
    jackfield_builder b;
    jackfield_llm_complete_result result = {0};
    text(w, 0, w->body.bytes, w->body.size);
    text(w, 0, ".", 1);
    if (FAULT(llm_invents_a_choice)) text(w, 7, "And so on.", 10);
    tool_call(w);
    if (FAULT(llm_runs_tools)) tool_run(w);
    extra(w);
    usage(w);
    if (!FAULT(llm_never_stops)) stop(w);
    if (FAULT(llm_speaks_after_stop)) text(w, 0, "And another thing.", 18);
    jackfield_build(&b, sizeof result);
    result.model = jackfield_build_string(&b, "small");
    PLAN_RESULT(w, &b, &result);
  }
}
