/*
 * An agent that visits every service of the host. The question says which, and the answer is what came of it: a line for
 * each event that was heard, and "finish CODE" with the sentence, or "start CODE" where the call was refused at once.
 *
 *   given                     the revision of each service
 *   log WORDS                 metrics NAME VALUE          timer NANOSECONDS          secrets NAME
 *   http METHOD URL           llm MODEL WORDS             models                     embed MODEL WORDS
 *   agents                    agent ID WORDS              tools                      tool NAME JSON
 */
#define MUSEUM_ID "agent/museum-visitor"
#define MUSEUM_ROLE JACKFIELD_AGENT
#define MUSEUM_SERVICES                                                                       \
  MUSEUM_USES(JACKFIELD_LOG, 0), MUSEUM_USES(JACKFIELD_METRICS, 0), MUSEUM_USES(JACKFIELD_HTTP, 0), \
      MUSEUM_USES(JACKFIELD_LLM, 0), MUSEUM_USES(JACKFIELD_AGENTS, 0), MUSEUM_USES(JACKFIELD_TIMER, 0), \
      MUSEUM_USES(JACKFIELD_SECRETS, 0), MUSEUM_USES(JACKFIELD_TOOLS, 0)
#include "museum.h"

enum { LOG, METRICS, HTTP, LLM, AGENTS, TIMER, SECRETS, TOOLS, SERVICES };
static const char *const names[SERVICES] = {"log", "metrics", "http", "llm", "agents", "timer", "secrets", "tools"};

/* What a note's `kind` says: the service and the method of the call. */
#define KIND(service, method) ((service)*16 + (method))

static void append(museum_note *note, const char *text, uint64_t size) {
  size_t room = sizeof note->text - note->length;
  if (size > room) size = room;
  if (size) memcpy(note->text + note->length, text, size);
  note->length += size;
}

static void append_string(museum_note *note, const char *text) { append(note, text, strlen(text)); }

static void append_text(museum_note *note, const char *before, jackfield_view view) {
  append_string(note, before);
  append(note, view.data, view.size);
}

static void append_number(museum_note *note, const char *before, long long number) {
  char text[32];
  snprintf(text, sizeof text, "%lld", number);
  append_string(note, before);
  append_string(note, text);
}

static void answer(museum *self, jackfield_call call, const char *text, size_t size) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_text(&b, text, size);
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  jackfield_build(&b, sizeof result);
  museum_finish(self, call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static void describe(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Visits the services of the host.");
  museum_finish(self, call, jackfield_built(&b, &description));
  jackfield_build_free(&b);
}

/* ---- Requests ---------------------------------------------------------------------------------------------------- */

static jackfield_view build_http(jackfield_builder *b, const char *method, const char *url) {
  jackfield_http_request request = {0};
  jackfield_pair header;
  jackfield_build(b, sizeof request);
  request.method = jackfield_build_string(b, method);
  request.url = jackfield_build_string(b, url);
  request.headers = jackfield_build_list(b, 1, sizeof header);
  header.name = jackfield_build_string(b, "x-museum");
  header.value = jackfield_build_string(b, "1.0.0");
  jackfield_build_set(b, request.headers, 0, &header);
  if (strcmp(method, "POST") == 0) request.body = jackfield_build_data(b, "admit one", 9);
  return jackfield_built(b, &request);
}

static jackfield_view build_complete(jackfield_builder *b, const char *model, const char *words) {
  jackfield_llm_complete request = {0};
  jackfield_llm_message message = {0};
  jackfield_llm_part part = {0};
  jackfield_build(b, sizeof request);
  request.present = JACKFIELD_LLM_HAS_MAX_TOKENS;
  request.flags = JACKFIELD_LLM_STREAM;
  request.max_tokens = 64;
  request.model = jackfield_build_string(b, model);
  request.messages = jackfield_build_list(b, 1, sizeof message);
  message.role = jackfield_build_string(b, "user");
  message.parts = jackfield_build_list(b, 1, sizeof part);
  part.kind = JACKFIELD_LLM_PART_TEXT;
  part.text = jackfield_build_string(b, words);
  jackfield_build_set(b, message.parts, 0, &part);
  jackfield_build_set(b, request.messages, 0, &message);
  return jackfield_built(b, &request);
}

static jackfield_view build_embed(jackfield_builder *b, const char *model, const char *words) {
  jackfield_llm_embed request = {0};
  jackfield_item item;
  jackfield_build(b, sizeof request);
  request.model = jackfield_build_string(b, model);
  request.input = jackfield_build_list(b, 1, sizeof item);
  item.text = jackfield_build_string(b, words);
  jackfield_build_set(b, request.input, 0, &item);
  return jackfield_built(b, &request);
}

static jackfield_view build_log(jackfield_builder *b, const char *words) {
  jackfield_log_write request = {0};
  jackfield_pair pair;
  jackfield_build(b, sizeof request);
  request.level = JACKFIELD_LOG_NOTICE;
  request.message = jackfield_build_string(b, "a visitor writes into the guest book");
  request.fields = jackfield_build_list(b, 1, sizeof pair);
  pair.name = jackfield_build_string(b, "words");
  pair.value = jackfield_build_string(b, words);
  jackfield_build_set(b, request.fields, 0, &pair);
  return jackfield_built(b, &request);
}

static jackfield_view build_metric(jackfield_builder *b, const char *name, const char *value) {
  jackfield_metrics_record request = {0};
  jackfield_pair label;
  jackfield_build(b, sizeof request);
  request.kind = JACKFIELD_METRIC_COUNTER;
  request.value = strtod(value, NULL);
  request.name = jackfield_build_string(b, name);
  request.unit = jackfield_build_string(b, "{visit}");
  request.labels = jackfield_build_list(b, 1, sizeof label);
  label.name = jackfield_build_string(b, "wing");
  label.value = jackfield_build_string(b, "east");
  jackfield_build_set(b, request.labels, 0, &label);
  return jackfield_built(b, &request);
}

static jackfield_view build_agent(jackfield_builder *b, const char *agent, const char *words) {
  jackfield_agents_invoke request = {0};
  jackfield_build(b, sizeof request);
  request.agent = jackfield_build_string(b, agent);
  request.input = jackfield_build_string(b, words);
  return jackfield_built(b, &request);
}

static jackfield_view build_tool(jackfield_builder *b, const char *name, const char *arguments) {
  jackfield_tools_call request = {0};
  jackfield_build(b, sizeof request);
  request.name = jackfield_build_string(b, name);
  request.arguments = jackfield_build_string(b, arguments);
  return jackfield_built(b, &request);
}

/* A struct that says nothing but its size. */
static jackfield_view build_nothing(jackfield_builder *b) {
  jackfield_empty request = {0};
  jackfield_build(b, sizeof request);
  return jackfield_built(b, &request);
}

static jackfield_view build(jackfield_builder *b, const char *verb, const char *first, const char *rest, int *kind) {
  if (strcmp(verb, "log") == 0) return *kind = KIND(LOG, JACKFIELD_LOG_WRITE), build_log(b, first);
  if (strcmp(verb, "metrics") == 0) return *kind = KIND(METRICS, JACKFIELD_METRICS_RECORD), build_metric(b, first, rest);
  if (strcmp(verb, "http") == 0) return *kind = KIND(HTTP, JACKFIELD_HTTP_REQUEST), build_http(b, first, rest);
  if (strcmp(verb, "llm") == 0) return *kind = KIND(LLM, JACKFIELD_LLM_COMPLETE), build_complete(b, first, rest);
  if (strcmp(verb, "embed") == 0) return *kind = KIND(LLM, JACKFIELD_LLM_EMBED), build_embed(b, first, rest);
  if (strcmp(verb, "models") == 0) return *kind = KIND(LLM, JACKFIELD_LLM_MODELS), build_nothing(b);
  if (strcmp(verb, "agents") == 0) return *kind = KIND(AGENTS, JACKFIELD_AGENTS_LIST), build_nothing(b);
  if (strcmp(verb, "agent") == 0) return *kind = KIND(AGENTS, JACKFIELD_AGENTS_INVOKE), build_agent(b, first, rest);
  if (strcmp(verb, "tools") == 0) return *kind = KIND(TOOLS, JACKFIELD_TOOLS_LIST), build_nothing(b);
  if (strcmp(verb, "tool") == 0) return *kind = KIND(TOOLS, JACKFIELD_TOOLS_CALL), build_tool(b, first, rest);
  if (strcmp(verb, "timer") == 0) {
    jackfield_timer_after request = {0};
    jackfield_build(b, sizeof request);
    request.delay = strtoll(first, NULL, 10);
    return *kind = KIND(TIMER, JACKFIELD_TIMER_AFTER), jackfield_built(b, &request);
  }
  jackfield_secrets_get request = {0};
  jackfield_build(b, sizeof request);
  request.name = jackfield_build_string(b, first);
  return *kind = KIND(SECRETS, JACKFIELD_SECRETS_GET), jackfield_built(b, &request);
}

static int32_t start(void *instance, const jackfield_start *start) {
  museum *self = instance;
  jackfield_agent_invoke request;
  char words[4096];
  if (start->method == JACKFIELD_AGENT_DESCRIBE) {
    describe(self, start->call);
    return JACKFIELD_OK;
  }
  if (start->method != JACKFIELD_AGENT_INVOKE) return JACKFIELD_UNSUPPORTED;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(start->request, request.input);
  size_t size = input.size < sizeof words - 1 ? input.size : sizeof words - 1;
  if (size) memcpy(words, input.data, size);
  words[size] = 0;
  char *first = strchr(words, ' ');
  if (first) *first++ = 0;
  if (strcmp(words, "given") == 0) {
    char text[256];
    size_t length = 0;
    for (uint32_t i = 0; i < self->service_count; i++)
      length += (size_t)snprintf(text + length, sizeof text - length, "%s/%u ", names[i], self->services[i]);
    answer(self, start->call, text, length);
    return JACKFIELD_OK;
  }
  char *rest = first && strcmp(words, "log") != 0 ? strchr(first, ' ') : NULL;
  if (rest) *rest++ = 0;

  museum_note *note = museum_write(self, 0, start->call, 0);
  if (note == NULL) return JACKFIELD_EXHAUSTED;
  jackfield_builder b;
  jackfield_start call = {0};
  call.size = sizeof call;
  call.call = note->call;
  call.parent = start->call;
  call.request = build(&b, words, first ? first : "", rest ? rest : "", &note->kind);
  call.interface = (uint32_t)note->kind / 16;
  call.method = (uint32_t)note->kind % 16;
  int32_t status = self->host->start(self->host->instance, &call);
  jackfield_build_free(&b);
  if (status != JACKFIELD_OK) {
    char text[32];
    free(museum_take(self, call.call, 1));
    answer(self, start->call, text, (size_t)snprintf(text, sizeof text, "start %d", status));
  }
  return JACKFIELD_OK;
}

/* ---- What the services say --------------------------------------------------------------------------------------- */

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  museum *self = instance;
  pthread_mutex_lock(&self->lock);
  museum_note *note = *museum_place(self, call, 1);
  pthread_mutex_unlock(&self->lock);
  /* It stays where it is: only `finish` takes it, and does not come at the same time. */
  if (note == NULL) return JACKFIELD_STALE;
  int service = note->kind / 16;
  if (service == HTTP && event == JACKFIELD_HTTP_EVENT_HEAD) {
    jackfield_http_head head;
    jackfield_read(payload, &head, sizeof head);
    append_number(note, "status ", head.status);
    for (uint32_t i = 0; i < head.headers.count; i++) {
      jackfield_pair pair;
      jackfield_read_element(payload, head.headers, i, &pair, sizeof pair);
      if (jackfield_equals(jackfield_read_text(payload, pair.name), "content-type"))
        append_text(note, " ", jackfield_read_text(payload, pair.value));
    }
    append_string(note, "\n");
  } else if (service == HTTP && event == JACKFIELD_HTTP_EVENT_BODY) {
    jackfield_http_body body;
    jackfield_read(payload, &body, sizeof body);
    append_text(note, "", jackfield_read_data(payload, body.data));
  } else if (service == LLM && event == JACKFIELD_LLM_EVENT_TEXT) {
    jackfield_llm_text text;
    jackfield_read(payload, &text, sizeof text);
    append_text(note, "", jackfield_read_text(payload, text.text));
  } else if (service == LLM && event == JACKFIELD_LLM_EVENT_STOP) {
    jackfield_llm_stop stop;
    jackfield_read(payload, &stop, sizeof stop);
    append_text(note, "\nstop ", jackfield_read_text(payload, stop.reason));
  } else if (service == LLM && event == JACKFIELD_LLM_EVENT_USAGE) {
    jackfield_llm_usage usage;
    jackfield_read(payload, &usage, sizeof usage);
    append_number(note, "\nusage ", (long long)usage.total_tokens);
  } else if (service == AGENTS && event == JACKFIELD_AGENT_EVENT_TEXT) {
    jackfield_agent_text text;
    jackfield_read(payload, &text, sizeof text);
    append_text(note, "", jackfield_read_text(payload, text.text));
  } else if (service == AGENTS && event == JACKFIELD_AGENT_EVENT_FINDING) {
    jackfield_agent_finding finding;
    jackfield_read(payload, &finding, sizeof finding);
    append_text(note, "finding ", jackfield_read_text(payload, finding.id));
    append_string(note, "\n");
  } else if (service == TOOLS && event == JACKFIELD_TOOL_EVENT_PROGRESS) {
    jackfield_tool_progress progress;
    jackfield_read(payload, &progress, sizeof progress);
    append_text(note, "progress ", jackfield_read_text(payload, progress.message));
    append_string(note, "\n");
  }
  return JACKFIELD_OK;
}

static void hear_result(museum_note *note, jackfield_view result) {
  if (note->kind == KIND(SECRETS, JACKFIELD_SECRETS_GET)) {
    jackfield_secrets_value value;
    jackfield_read(result, &value, sizeof value);
    append_number(note, "\nbytes ", (long long)jackfield_read_text(result, value.value).size);
  } else if (note->kind == KIND(LLM, JACKFIELD_LLM_COMPLETE)) {
    jackfield_llm_complete_result answer;
    jackfield_read(result, &answer, sizeof answer);
    append_text(note, "\nfrom ", jackfield_read_text(result, answer.upstream));
  } else if (note->kind == KIND(LLM, JACKFIELD_LLM_MODELS)) {
    jackfield_llm_models_result models;
    jackfield_read(result, &models, sizeof models);
    for (uint32_t i = 0; i < models.models.count; i++) {
      jackfield_llm_model model;
      jackfield_read_element(result, models.models, i, &model, sizeof model);
      append_text(note, "\nmodel ", jackfield_read_text(result, model.id));
    }
  } else if (note->kind == KIND(LLM, JACKFIELD_LLM_EMBED)) {
    jackfield_llm_embed_result answer;
    jackfield_read(result, &answer, sizeof answer);
    for (uint32_t i = 0; i < answer.vectors.count; i++) {
      jackfield_llm_vector vector;
      jackfield_read_element(result, answer.vectors, i, &vector, sizeof vector);
      jackfield_view values = jackfield_read_data(result, vector.values);
      append_string(note, "\nvector");
      for (uint64_t at = 0; at + 4 <= values.size; at += 4) {
        float value;
        memcpy(&value, (const char *)values.data + at, 4);
        append_number(note, " ", (long long)value);
      }
    }
  } else if (note->kind == KIND(AGENTS, JACKFIELD_AGENTS_LIST)) {
    jackfield_agents_list_result agents;
    jackfield_read(result, &agents, sizeof agents);
    for (uint32_t i = 0; i < agents.agents.count; i++) {
      jackfield_agents_entry entry;
      jackfield_read_element(result, agents.agents, i, &entry, sizeof entry);
      append_text(note, "\nagent ", jackfield_read_text(result, entry.id));
      append_text(note, ": ", jackfield_read_text(result, entry.summary));
    }
  } else if (note->kind == KIND(AGENTS, JACKFIELD_AGENTS_INVOKE)) {
    jackfield_agent_result answer;
    jackfield_read(result, &answer, sizeof answer);
    append_text(note, "\nnote ", jackfield_read_text(result, answer.note));
  } else if (note->kind == KIND(TOOLS, JACKFIELD_TOOLS_LIST)) {
    jackfield_tools_list_result tools;
    jackfield_read(result, &tools, sizeof tools);
    for (uint32_t i = 0; i < tools.tools.count; i++) {
      jackfield_tools_entry entry;
      jackfield_read_element(result, tools.tools, i, &entry, sizeof entry);
      append_text(note, "\ntool ", jackfield_read_text(result, entry.name));
      append_text(note, " (", jackfield_read_text(result, entry.alias));
      append_number(note, ") ", entry.flags);
    }
  } else if (note->kind == KIND(TOOLS, JACKFIELD_TOOLS_CALL)) {
    jackfield_tool_result answer;
    jackfield_read(result, &answer, sizeof answer);
    append_text(note, answer.flags & JACKFIELD_TOOL_FAILED ? "\nfailed " : "\ncontent ",
                jackfield_read_text(result, answer.content));
  }
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  museum *self = instance;
  museum_note *note = museum_take(self, call, 1);
  if (note == NULL) return JACKFIELD_STALE;
  append_number(note, note->length ? "\nfinish " : "finish ", end->code);
  if (end->code == JACKFIELD_OK)
    hear_result(note, end->result);
  else
    append_text(note, " ", end->message);
  answer(self, note->parent, note->text, note->length);
  free(note);
  return JACKFIELD_OK;
}

/* What is waited for ends with the call that it is made for. */
static int32_t cancel(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_OK; }
static int32_t resume(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }
