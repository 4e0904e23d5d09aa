#include "answer.h"

/* A line longer than this comes from no server of this kind. */
#define LONGEST (4u << 20)

static void fail(answer *a, const char *message, const char *detail) {
  if (!a->has_failed) call_fail(a->c, JACKFIELD_UNAVAILABLE, message, detail);
  a->has_failed = 1;
}

static uint64_t count(const json *object, const char *name) {
  int64_t number = json_integer(object, name, 0);
  return number > 0 ? (uint64_t)number : 0;
}

static void emit_text(answer *a, uint32_t choice, const json *delta, const char *member, uint32_t kind) {
  const json *piece = json_get(delta, member);
  jackfield_builder b;
  jackfield_llm_text event = {0};
  if (a->code || piece == NULL || piece->kind != JSON_TEXT || piece->length == 0) return;
  jackfield_build(&b, sizeof event);
  event.choice = choice;
  event.kind = kind;
  event.text = jackfield_build_text(&b, piece->text, piece->length);
  a->bytes += piece->length;
  a->code = call_emit(a->c, JACKFIELD_LLM_EVENT_TEXT, &b, &event);
}

static void emit_call(answer *a, uint32_t choice, const json *piece) {
  const json *function = json_get(piece, "function");
  const char *id = json_text(piece, "id", ""), *name = json_text(function, "name", "");
  const char *arguments = json_text(function, "arguments", "");
  jackfield_builder b;
  jackfield_llm_tool_call event = {0};
  if (a->code) return;
  jackfield_build(&b, sizeof event);
  event.choice = choice;
  event.index = (uint32_t)count(piece, "index");
  if (id[0]) event.id = jackfield_build_string(&b, id);
  if (name[0]) event.name = jackfield_build_string(&b, name);
  event.arguments = jackfield_build_string(&b, arguments);
  a->bytes += strlen(arguments);
  a->code = call_emit(a->c, JACKFIELD_LLM_EVENT_TOOL_CALL, &b, &event);
}

static void emit_stop(answer *a, uint32_t choice, const char *reason) {
  jackfield_builder b;
  jackfield_llm_stop event = {0};
  if (a->code) return;
  a->has_stopped = 1;
  jackfield_build(&b, sizeof event);
  event.choice = choice;
  event.reason = jackfield_build_string(&b, reason);
  a->code = call_emit(a->c, JACKFIELD_LLM_EVENT_STOP, &b, &event);
}

static void emit_usage(answer *a, jackfield_llm_usage event) {
  jackfield_builder b;
  if (a->code) return;
  a->has_usage = 1;
  if (event.total_tokens == 0) event.total_tokens = event.prompt_tokens + event.completion_tokens;
  jackfield_build(&b, sizeof event);
  a->code = call_emit(a->c, JACKFIELD_LLM_EVENT_USAGE, &b, &event);
}

static void take_choice(answer *a, const json *choice) {
  const json *delta = json_get(choice, "delta"), *calls = json_get(delta, "tool_calls");
  const char *reason = json_text(choice, "finish_reason", "");
  uint32_t index = (uint32_t)count(choice, "index");
  emit_text(a, index, delta, "reasoning_content", JACKFIELD_LLM_REASONING);
  emit_text(a, index, delta, "content", JACKFIELD_LLM_CONTENT);
  emit_text(a, index, delta, "refusal", JACKFIELD_LLM_REFUSAL);
  for (const json *each = calls == NULL ? NULL : calls->first; each != NULL; each = each->next)
    emit_call(a, index, each);
  if (reason[0]) emit_stop(a, index, reason);
}

static void take_chunk(answer *a, const json *chunk) {
  const json *error = json_get(chunk, "error");
  const json *choices = json_get(chunk, "choices"), *usage = json_get(chunk, "usage");
  if (error != NULL && error->kind != JSON_NULL) {
    fail(a, "the server broke off: %.500s", error->kind == JSON_TEXT ? error->text : json_text(error, "message", ""));
    return;
  }
  if (a->id.size == 0) text_add(&a->id, json_text(chunk, "id", ""));
  if (a->model.size == 0) text_add(&a->model, json_text(chunk, "model", ""));
  for (const json *each = choices == NULL ? NULL : choices->first; each != NULL; each = each->next)
    take_choice(a, each);
  if (usage == NULL || usage->kind != JSON_OBJECT) return;
  jackfield_llm_usage event = {0};
  event.prompt_tokens = count(usage, "prompt_tokens");
  event.completion_tokens = count(usage, "completion_tokens");
  event.total_tokens = count(usage, "total_tokens");
  event.cached_tokens = count(json_get(usage, "prompt_tokens_details"), "cached_tokens");
  event.reasoning_tokens = count(json_get(usage, "completion_tokens_details"), "reasoning_tokens");
  emit_usage(a, event);
}

static void take_line(answer *a) {
  const char *line = a->line.data, *reason = NULL;
  size_t size = a->line.size;
  if (size > 0 && line[size - 1] == '\r') size--;
  if (size < 5 || memcmp(line, "data:", 5) != 0) return;
  line += 5, size -= 5;
  if (size > 0 && *line == ' ') line++, size--;
  if (size == 6 && memcmp(line, "[DONE]", 6) == 0) {
    a->is_done = 1;
    return;
  }
  json *chunk = json_parse(line, size, &reason);
  if (chunk == NULL)
    fail(a, "the server sent a chunk that is not JSON: %s", reason);
  else
    take_chunk(a, chunk);
  json_free(chunk);
}

void answer_take(answer *a, jackfield_view bytes) {
  const char *at = bytes.data;
  size_t left = bytes.size;
  while (left > 0 && !a->is_done && !a->has_failed && !a->code) {
    const char *end = memchr(at, '\n', left);
    size_t length = end == NULL ? left : (size_t)(end - at);
    text_add_bytes(&a->line, at, length);
    if (a->line.failed || a->line.size > LONGEST) {
      fail(a, "the server sent a line without an %s", "end");
      return;
    }
    if (end == NULL) return;
    take_line(a);
    a->line.size = 0;
    at += length + 1;
    left -= length + 1;
  }
}

void answer_finish(answer *a, uint64_t prompt) {
  jackfield_builder b;
  jackfield_llm_complete_result result = {0};
  if (a->has_failed) return;
  if (!a->code && !a->is_done && !a->has_stopped) {
    fail(a, "the server's answer %s", "broke off");
    return;
  }
  if (!a->has_usage) {
    jackfield_llm_usage usage = {0};
    usage.flags = JACKFIELD_LLM_ESTIMATED;
    usage.prompt_tokens = prompt / 4 ? prompt / 4 : 1;
    usage.completion_tokens = a->bytes / 4 ? a->bytes / 4 : 1;
    emit_usage(a, usage);
  }
  if (a->code) {
    call_end(a->c, a->code);
    return;
  }
  jackfield_build(&b, sizeof result);
  if (a->id.size) result.id = jackfield_build_text(&b, a->id.data, a->id.size);
  if (a->model.size) result.model = jackfield_build_text(&b, a->model.data, a->model.size);
  call_finish(a->c, &b, &result);
}

void answer_free(answer *a) {
  text_free(&a->line);
  text_free(&a->id);
  text_free(&a->model);
}
