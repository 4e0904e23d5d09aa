/* A good provider with one model, "echo", that says the last message's text back, a word at a time. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#include "fixture.h"

static void models(fixture *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_llm_models_result result = {0};
  jackfield_llm_model model = {0};
  jackfield_build(&b, sizeof result);
  result.models = jackfield_build_list(&b, 1, sizeof model);
  model.id = jackfield_build_string(&b, "echo");
  model.owner = jackfield_build_string(&b, "the tests");
  jackfield_build_set(&b, result.models, 0, &model);
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static uint64_t words(fixture *self, jackfield_call call, const char *text, uint64_t size) {
  uint64_t at = 0, count = 0;
  while (at < size) {
    uint64_t end = at;
    while (end < size && text[end] != ' ') end++;
    if (end < size) end++;
    jackfield_builder b;
    jackfield_llm_text event = {0};
    jackfield_build(&b, sizeof event);
    event.text = jackfield_build_text(&b, text + at, end - at);
    self->host->emit(self->host->instance, call, JACKFIELD_LLM_EVENT_TEXT, jackfield_built(&b, &event));
    jackfield_build_free(&b);
    at = end;
    count++;
  }
  return count;
}

static void complete(fixture *self, const jackfield_start *start) {
  jackfield_llm_complete request;
  jackfield_builder b;
  uint64_t count = 0;
  jackfield_read(start->request, &request, sizeof request);
  if (request.messages.count) {
    jackfield_llm_message message;
    jackfield_read_element(start->request, request.messages, request.messages.count - 1, &message, sizeof message);
    for (uint32_t i = 0; i < message.parts.count; i++) {
      jackfield_llm_part part;
      jackfield_read_element(start->request, message.parts, i, &part, sizeof part);
      jackfield_view text = jackfield_read_text(start->request, part.text);
      if (part.kind == JACKFIELD_LLM_PART_TEXT) count += words(self, start->call, text.data, text.size);
    }
  }
  jackfield_llm_stop stop = {0};
  jackfield_build(&b, sizeof stop);
  stop.reason = jackfield_build_string(&b, "stop");
  self->host->emit(self->host->instance, start->call, JACKFIELD_LLM_EVENT_STOP, jackfield_built(&b, &stop));
  jackfield_build_free(&b);

  jackfield_llm_usage usage = {0};
  jackfield_build(&b, sizeof usage);
  usage.flags = JACKFIELD_LLM_ESTIMATED;
  usage.prompt_tokens = usage.completion_tokens = count;
  usage.total_tokens = 2 * count;
  self->host->emit(self->host->instance, start->call, JACKFIELD_LLM_EVENT_USAGE, jackfield_built(&b, &usage));
  jackfield_build_free(&b);

  jackfield_llm_complete_result result = {0};
  jackfield_build(&b, sizeof result);
  result.flags = JACKFIELD_LLM_NOT_A_MODEL;
  result.model = jackfield_build_string(&b, "echo");
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  if (start->method == JACKFIELD_LLM_MODELS)
    models(self, start->call);
  else if (start->method == JACKFIELD_LLM_COMPLETE)
    complete(self, start);
  else
    return JACKFIELD_UNSUPPORTED;
  return JACKFIELD_OK;
}
