/*
 * Good: does what its question says with the services tools and llm, and answers with what came of it.
 *
 *   list              the names of the tools that it was granted, with their aliases
 *   call NAME ARGS    calls a tool: its content, or "error CODE: sentence"; with the number of events
 *   hold NAME ARGS    calls a tool on nobody's behalf with 300 ms of time, and takes none of its events
 *   run TEXT          asks the model "default" with JACKFIELD_LLM_RUN_TOOLS: its texts, and each tool run as a finding
 *   run2 TEXT         the same with at most one more question
 *   stall TEXT        the same as run, and takes no events of it but the first
 *   own TEXT          the same with a tool of its own, called "mine"; tool calls are told as "CALL name(arguments)"
 */
#define FIXTURE_SERVICES \
  FIXTURE_INTERFACE(JACKFIELD_TOOLS, 1, 0), FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#include <time.h>
#define FIXTURE_EMIT emitted
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

enum { LISTS = 1, CALLS, ASKS, HOLDS, STALLS };
static _Atomic int kinds[ASKING_ROOM];
static _Atomic long events[ASKING_ROOM]; /* of a tool */

static int32_t start_call(fixture *self, jackfield_call parent, uint32_t interface, uint32_t method, int kind,
                          jackfield_view request) {
  jackfield_start start = {0};
  jackfield_call nobody;
  start.size = sizeof start;
  start.interface = interface;
  start.method = method;
  do {
    start.call = atomic_fetch_add(&asking_names, 1) + 1;
    nobody = 0;
  } while (!atomic_compare_exchange_strong(&asking_parents[start.call % ASKING_ROOM], &nobody, parent));
  atomic_store(&kinds[start.call % ASKING_ROOM], kind);
  if (kind == HOLDS) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    start.deadline = now.tv_sec * 1000000000LL + now.tv_nsec + 300000000LL;
  } else {
    start.parent = parent;
  }
  start.request = request;
  int32_t status = self->host->start(self->host->instance, &start);
  if (status != JACKFIELD_OK) asked_by(start.call);
  return status;
}

static void say_view(fixture *self, jackfield_call call, const char *before, jackfield_view view, const char *after) {
  size_t room = strlen(before) + view.size + strlen(after) + 1;
  char *text = malloc(room);
  snprintf(text, room, "%s%.*s%s", before, (int)view.size, view.size ? (const char *)view.data : "", after);
  say(self, call, text);
  free(text);
}

static void find(fixture *self, jackfield_call call, jackfield_view payload) {
  jackfield_llm_tool_run run;
  jackfield_builder b;
  jackfield_agent_finding finding = {0};
  char title[400];
  jackfield_read(payload, &run, sizeof run);
  jackfield_view name = jackfield_read_text(payload, run.name), content = jackfield_read_text(payload, run.content);
  snprintf(title, sizeof title, "round %u: %.*s %s%d: %.*s", run.round, (int)name.size, (const char *)name.data,
           run.flags & JACKFIELD_TOOL_FAILED ? "failed " : "", run.code, (int)(content.size < 300 ? content.size : 300),
           (const char *)content.data);
  jackfield_build(&b, sizeof finding);
  finding.id = jackfield_build_string(&b, "run");
  finding.title = jackfield_build_string(&b, title);
  self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_FINDING, jackfield_built(&b, &finding));
  jackfield_build_free(&b);
}

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  fixture *self = instance;
  jackfield_call parent = atomic_load(&asking_parents[call % ASKING_ROOM]);
  if (parent == 0) return JACKFIELD_STALE;
  if (atomic_load(&kinds[call % ASKING_ROOM]) == HOLDS) return JACKFIELD_WOULD_BLOCK;
  if (atomic_load(&kinds[call % ASKING_ROOM]) == STALLS && atomic_fetch_add(&events[call % ASKING_ROOM], 1) > 0)
    return JACKFIELD_WOULD_BLOCK;
  if (atomic_load(&kinds[call % ASKING_ROOM]) != ASKS && atomic_load(&kinds[call % ASKING_ROOM]) != STALLS) {
    /* Every other one is not taken at once: whoever sends it has to come again. */
    static _Atomic int turns;
    if (event == JACKFIELD_TOOL_EVENT_PROGRESS && atomic_fetch_add(&turns, 1) % 2 == 0) {
      self->host->resume(self->host->instance, call);
      return JACKFIELD_WOULD_BLOCK;
    }
    atomic_fetch_add(&events[call % ASKING_ROOM], 1);
    return JACKFIELD_OK;
  }
  if (event == JACKFIELD_LLM_EVENT_TEXT) {
    jackfield_llm_text text;
    jackfield_read(payload, &text, sizeof text);
    say_view(self, parent, "", jackfield_read_text(payload, text.text), "");
  } else if (event == JACKFIELD_LLM_EVENT_STOP) {
    jackfield_llm_stop stop;
    jackfield_read(payload, &stop, sizeof stop);
    say_view(self, parent, " [stop ", jackfield_read_text(payload, stop.reason), "]");
  } else if (event == JACKFIELD_LLM_EVENT_USAGE) {
    jackfield_llm_usage usage;
    char text[80];
    jackfield_read(payload, &usage, sizeof usage);
    snprintf(text, sizeof text, " [usage %llu+%llu]", (unsigned long long)usage.prompt_tokens,
             (unsigned long long)usage.completion_tokens);
    say(self, parent, text);
  } else if (event == JACKFIELD_LLM_EVENT_TOOL_RUN) {
    find(self, parent, payload);
  } else if (event == JACKFIELD_LLM_EVENT_TOOL_CALL) {
    jackfield_llm_tool_call told;
    jackfield_read(payload, &told, sizeof told);
    say_view(self, parent, " CALL ", jackfield_read_text(payload, told.name), "");
    say_view(self, parent, "(", jackfield_read_text(payload, told.arguments), ")");
  }
  return JACKFIELD_OK;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  fixture *self = instance;
  int kind = atomic_load(&kinds[call % ASKING_ROOM]);
  jackfield_call parent = asked_by(call);
  char text[900];
  if (parent == 0) return JACKFIELD_STALE;
  if (end->code != JACKFIELD_OK) {
    snprintf(text, sizeof text, "error %d: %.*s", end->code, (int)(end->message.size < 800 ? end->message.size : 800),
             end->message.size ? (const char *)end->message.data : "");
    return answer(self, parent, text);
  }
  if (kind == LISTS) {
    jackfield_tools_list_result result;
    jackfield_read(end->result, &result, sizeof result);
    for (uint32_t i = 0; i < result.tools.count; i++) {
      jackfield_tools_entry entry;
      jackfield_read_element(end->result, result.tools, i, &entry, sizeof entry);
      say_view(self, parent, "", jackfield_read_text(end->result, entry.name), " as ");
      say_view(self, parent, "", jackfield_read_text(end->result, entry.alias), "; ");
    }
  } else if (kind == CALLS || kind == HOLDS) {
    jackfield_tool_result result;
    jackfield_read(end->result, &result, sizeof result);
    long count = atomic_exchange(&events[call % ASKING_ROOM], 0);
    snprintf(text, sizeof text, " after %ld events", count);
    say_view(self, parent, result.flags & JACKFIELD_TOOL_FAILED ? "failed: " : "",
             jackfield_read_text(end->result, result.content), count ? text : "");
  } else {
    jackfield_llm_complete_result result;
    jackfield_read(end->result, &result, sizeof result);
    say_view(self, parent, " [extra ", jackfield_read_text(end->result, result.extra), "]");
  }
  return done(self, parent);
}

static int32_t run(fixture *self, jackfield_call parent, const char *text, uint32_t rounds, int kind, int has_own) {
  jackfield_builder b;
  jackfield_llm_complete request = {0};
  jackfield_llm_message message = {0};
  jackfield_llm_part part = {0};
  jackfield_build(&b, sizeof request);
  request.model = jackfield_build_string(&b, "default");
  request.flags = JACKFIELD_LLM_STREAM | JACKFIELD_LLM_RUN_TOOLS;
  request.tool_rounds = rounds;
  request.messages = jackfield_build_list(&b, 1, sizeof message);
  message.role = jackfield_build_string(&b, "user");
  message.parts = jackfield_build_list(&b, 1, sizeof part);
  part.kind = JACKFIELD_LLM_PART_TEXT;
  part.text = jackfield_build_string(&b, text);
  jackfield_build_set(&b, message.parts, 0, &part);
  jackfield_build_set(&b, request.messages, 0, &message);
  if (has_own) {
    jackfield_llm_tool tool = {0};
    request.tools = jackfield_build_list(&b, 1, sizeof tool);
    tool.name = jackfield_build_string(&b, "mine");
    tool.parameters = jackfield_build_string(&b, "{\"type\":\"object\"}");
    jackfield_build_set(&b, request.tools, 0, &tool);
  }
  int32_t status = start_call(self, parent, 1, JACKFIELD_LLM_COMPLETE, kind, jackfield_built(&b, &request));
  jackfield_build_free(&b);
  return status;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  static _Thread_local char input[8192];
  jackfield_builder b;
  int32_t status;
  read_input(start, input, sizeof input);
  if (strcmp(input, "list") == 0) {
    jackfield_tools_list request = {0};
    jackfield_build(&b, sizeof request);
    status = start_call(self, start->call, 0, JACKFIELD_TOOLS_LIST, LISTS, jackfield_built(&b, &request));
    jackfield_build_free(&b);
  } else if (strncmp(input, "call ", 5) == 0 || strncmp(input, "hold ", 5) == 0) {
    jackfield_tools_call request = {0};
    char *name = input + 5, *arguments = strchr(name, ' ');
    if (arguments) *arguments++ = 0;
    jackfield_build(&b, sizeof request);
    request.name = jackfield_build_string(&b, name);
    request.arguments = jackfield_build_string(&b, arguments ? arguments : "{}");
    status = start_call(self, start->call, 0, JACKFIELD_TOOLS_CALL, input[0] == 'h' ? HOLDS : CALLS,
                        jackfield_built(&b, &request));
    jackfield_build_free(&b);
  } else if (strncmp(input, "run ", 4) == 0) {
    status = run(self, start->call, input + 4, 0, ASKS, 0);
  } else if (strncmp(input, "run2 ", 5) == 0) {
    status = run(self, start->call, input + 5, 1, ASKS, 0);
  } else if (strncmp(input, "stall ", 6) == 0) {
    status = run(self, start->call, input + 6, 0, STALLS, 0);
  } else {
    status = run(self, start->call, input, 0, ASKS, 1);
  }
  if (status != JACKFIELD_OK) fail(self, start->call, status, "the host refused the call");
  return JACKFIELD_OK;
}
