/*
 * A provider with the model "museum-1". It says back what it was told, a word at a time; "flood N" is answered with N
 * pieces and waits for `resume` wherever the host takes no more; a request with tools is answered with a call of the
 * first one, in two pieces. Embeddings have three numbers: the length of the text, its first byte, and 1.
 */
#define MUSEUM_ID "llm/museum-scribe"
#define MUSEUM_ROLE JACKFIELD_LLM
#include "museum.h"

static void models(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_llm_models_result result = {0};
  jackfield_llm_model model = {0};
  jackfield_build(&b, sizeof result);
  result.models = jackfield_build_list(&b, 1, sizeof model);
  model.id = jackfield_build_string(&b, "museum-1");
  model.owner = jackfield_build_string(&b, "the museum");
  model.created = 1700000000;
  model.flags = JACKFIELD_LLM_NOT_A_MODEL;
  jackfield_build_set(&b, result.models, 0, &model);
  museum_finish(self, call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static int32_t text(museum *self, jackfield_call call, uint32_t kind, const char *words, size_t size) {
  jackfield_builder b;
  jackfield_llm_text event = {0};
  jackfield_build(&b, sizeof event);
  event.kind = kind;
  event.text = jackfield_build_text(&b, words, size);
  int32_t status = museum_emit(self, call, JACKFIELD_LLM_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  return status;
}

static void end(museum *self, jackfield_call call, const char *reason, uint64_t pieces) {
  jackfield_builder b;
  jackfield_llm_stop stop = {0};
  jackfield_build(&b, sizeof stop);
  stop.reason = jackfield_build_string(&b, reason);
  museum_emit(self, call, JACKFIELD_LLM_EVENT_STOP, jackfield_built(&b, &stop));
  jackfield_build_free(&b);

  jackfield_llm_usage usage = {0};
  jackfield_build(&b, sizeof usage);
  usage.prompt_tokens = 7;
  usage.completion_tokens = pieces;
  usage.total_tokens = 7 + pieces;
  museum_emit(self, call, JACKFIELD_LLM_EVENT_USAGE, jackfield_built(&b, &usage));
  jackfield_build_free(&b);

  jackfield_llm_complete_result result = {0};
  jackfield_build(&b, sizeof result);
  result.id = jackfield_build_string(&b, "museum-answer");
  result.model = jackfield_build_string(&b, "museum-1");
  museum_finish(self, call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

/* Emit pieces until the host takes no more, or all are said. Whoever comes while another one is at it leaves word, so
   that the pieces go out one after the other. Answers whether there is such a call. */
static int32_t flood(museum *self, jackfield_call call) {
  pthread_mutex_lock(&self->lock);
  museum_note **at = museum_place(self, call, 0);
  museum_note *note = *at;
  if (note == NULL || note->is_running) {
    if (note) note->is_again = 1;
    pthread_mutex_unlock(&self->lock);
    return note ? JACKFIELD_OK : JACKFIELD_STALE;
  }
  note->is_running = 1;
  int is_over = 0;
  do {
    note->is_again = 0;
    pthread_mutex_unlock(&self->lock);
    int32_t status = JACKFIELD_OK;
    while (note->at < note->count && status == JACKFIELD_OK) {
      char piece[32];
      int size = snprintf(piece, sizeof piece, "%llu ", (unsigned long long)note->at);
      status = text(self, call, JACKFIELD_LLM_CONTENT, piece, (size_t)size);
      if (status == JACKFIELD_OK) note->at++;
    }
    is_over = status != JACKFIELD_WOULD_BLOCK;
    pthread_mutex_lock(&self->lock);
  } while (note->is_again && !is_over);
  note->is_running = 0;
  if (is_over) *museum_place(self, call, 0) = note->next;
  pthread_mutex_unlock(&self->lock);
  if (is_over) {
    end(self, call, "stop", note->count);
    free(note);
  }
  return JACKFIELD_OK;
}

static void call_tool(museum *self, const jackfield_start *start, jackfield_llm_complete *request) {
  jackfield_builder b;
  jackfield_llm_tool tool;
  jackfield_read_element(start->request, request->tools, 0, &tool, sizeof tool);
  jackfield_view name = jackfield_read_text(start->request, tool.name);
  for (int piece = 0; piece < 2; piece++) {
    jackfield_llm_tool_call event = {0};
    jackfield_build(&b, sizeof event);
    if (piece == 0) {
      event.id = jackfield_build_string(&b, "museum-call-1");
      event.name = jackfield_build_text(&b, name.data, name.size);
    }
    event.arguments = jackfield_build_string(&b, piece == 0 ? "{\"room\":" : "3}");
    museum_emit(self, start->call, JACKFIELD_LLM_EVENT_TOOL_CALL, jackfield_built(&b, &event));
    jackfield_build_free(&b);
  }
  end(self, start->call, "tool_calls", 2);
}

static int32_t complete(museum *self, const jackfield_start *start) {
  jackfield_llm_complete request;
  char said[4096] = "";
  size_t length = 0;
  jackfield_read(start->request, &request, sizeof request);
  if (request.messages.count) {
    jackfield_llm_message message;
    jackfield_read_element(start->request, request.messages, request.messages.count - 1, &message, sizeof message);
    for (uint32_t i = 0; i < message.parts.count; i++) {
      jackfield_llm_part part;
      jackfield_read_element(start->request, message.parts, i, &part, sizeof part);
      jackfield_view words = jackfield_read_text(start->request, part.text);
      if (part.kind != JACKFIELD_LLM_PART_TEXT || words.size >= sizeof said - length) continue;
      if (words.size) memcpy(said + length, words.data, words.size);
      length += words.size;
    }
  }
  said[length] = 0;
  if (request.tools.count) {
    call_tool(self, start, &request);
    return JACKFIELD_OK;
  }
  if (strncmp(said, "flood ", 6) == 0) {
    museum_note *note = museum_write(self, start->call, 0, 0);
    if (note == NULL) return JACKFIELD_EXHAUSTED;
    note->count = strtoull(said + 6, NULL, 10);
    flood(self, start->call);
    return JACKFIELD_OK;
  }
  if (strcmp(said, "limit") == 0) {
    jackfield_end refusal = {0};
    refusal.size = sizeof refusal;
    refusal.code = JACKFIELD_RATE_LIMITED;
    refusal.retry = 1;
    refusal.retry_after = 2000000000;
    refusal.message.data = "the scribe's hand is tired";
    refusal.message.size = 26;
    self->host->finish(self->host->instance, start->call, &refusal);
    return JACKFIELD_OK;
  }
  uint64_t pieces = 1;
  text(self, start->call, JACKFIELD_LLM_CONTENT, "You said: ", 10);
  for (size_t at = 0; at < length; pieces++) {
    size_t until = at;
    while (until < length && said[until] != ' ') until++;
    if (until < length) until++;
    text(self, start->call, JACKFIELD_LLM_CONTENT, said + at, until - at);
    at = until;
  }
  end(self, start->call, "stop", pieces);
  return JACKFIELD_OK;
}

static int32_t embed(museum *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_llm_embed request;
  jackfield_llm_embed_result result = {0};
  jackfield_read(start->request, &request, sizeof request);
  jackfield_build(&b, sizeof result);
  result.prompt_tokens = request.input.count;
  result.model = jackfield_build_string(&b, "museum-1");
  result.vectors = jackfield_build_list(&b, request.input.count, sizeof(jackfield_llm_vector));
  for (uint32_t i = 0; i < request.input.count; i++) {
    jackfield_item item;
    jackfield_llm_vector vector;
    jackfield_read_element(start->request, request.input, i, &item, sizeof item);
    jackfield_view words = jackfield_read_text(start->request, item.text);
    float values[3] = {(float)words.size, words.size ? (float)*(const uint8_t *)words.data : 0, 1};
    vector.values = jackfield_build_data(&b, values, sizeof values);
    jackfield_build_set(&b, result.vectors, i, &vector);
  }
  museum_finish(self, start->call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}

static int32_t start(void *instance, const jackfield_start *start) {
  switch (start->method) {
    case JACKFIELD_LLM_MODELS: models(instance, start->call); return JACKFIELD_OK;
    case JACKFIELD_LLM_COMPLETE: return complete(instance, start);
    case JACKFIELD_LLM_EMBED: return embed(instance, start);
    default: return JACKFIELD_UNSUPPORTED;
  }
}

static int32_t resume(void *instance, jackfield_call call) { return flood(instance, call); }

/* A flood that is waiting goes on, is told that nobody listens any more, and finishes. */
static int32_t cancel(void *instance, jackfield_call call) { return flood(instance, call); }

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
