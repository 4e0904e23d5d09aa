/*
 * A good tool plugin with one handler at a time: `add`, `echo`, `wait` (until it is cancelled), `fail`, `refuse`, `long`,
 * `progress` (as many events as `steps` says, of 200 bytes each), `crash`.
 * `crash` ends the process when it is asked to. Arguments are looked through with strstr: enough for a fixture.
 */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_TOOL, 1, 0)
#define FIXTURE_FLAGS JACKFIELD_MAY_BLOCK
#ifndef FIXTURE_CONCURRENCY
#define FIXTURE_CONCURRENCY 1
#endif
#define FIXTURE_CANCEL cancelled
#include <stdatomic.h>
#include <time.h>

#include "fixture.h"

#define ROOM 4096
static _Atomic jackfield_call gone[ROOM];

static int32_t cancelled(void *instance, jackfield_call call) {
  (void)instance;
  atomic_store(&gone[call % ROOM], call);
  return JACKFIELD_OK;
}

static const struct {
  const char *name, *description, *parameters;
  uint32_t flags;
} tools[] = {
    {"add", "Adds two whole numbers.",
     "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},"
     "\"required\":[\"a\",\"b\"]}",
     JACKFIELD_TOOL_READ_ONLY | JACKFIELD_TOOL_IDEMPOTENT},
    {"echo", "Gives its arguments back.", "{\"type\":\"object\"}", JACKFIELD_TOOL_READ_ONLY},
    {"wait", "Waits until it is cancelled.", "{\"type\":\"object\"}", 0},
    {"fail", "Reports a failure of its own.", "{\"type\":\"object\"}", 0},
    {"refuse", "Ends with an error.", "{\"type\":\"object\"}", 0},
    {"long", "Answers with as many letters as `bytes` says.",
     "{\"type\":\"object\",\"properties\":{\"bytes\":{\"type\":\"integer\"}}}", 0},
    {"progress", "Tells how far it is, `steps` times.",
     "{\"type\":\"object\",\"properties\":{\"steps\":{\"type\":\"integer\"}}}", 0},
    {"crash", "Ends its process where `now` is true.",
     "{\"type\":\"object\",\"properties\":{\"now\":{\"type\":\"boolean\"}}}", JACKFIELD_TOOL_DESTRUCTIVE},
};
#define TOOLS (sizeof tools / sizeof *tools)

static int32_t list(fixture *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  jackfield_build(&b, sizeof result);
  result.tools = jackfield_build_list(&b, TOOLS, sizeof(jackfield_tool_entry));
  for (size_t i = 0; i < TOOLS; i++) {
    jackfield_tool_entry entry = {0};
    entry.name = jackfield_build_string(&b, tools[i].name);
    entry.description = jackfield_build_string(&b, tools[i].description);
    entry.parameters = jackfield_build_string(&b, tools[i].parameters);
    entry.flags = tools[i].flags;
    jackfield_build_set(&b, result.tools, (uint32_t)i, &entry);
  }
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}

static void tell(fixture *self, jackfield_call call, const char *content, uint32_t flags) {
  jackfield_builder b;
  jackfield_tool_result result = {0};
  jackfield_build(&b, sizeof result);
  result.flags = flags;
  result.content = jackfield_build_string(&b, content);
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static long number(const char *arguments, const char *key) {
  const char *at = strstr(arguments, key);
  return at && (at = strchr(at, ':')) ? strtol(at + 1, NULL, 10) : 0;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char name[80], arguments[2048], text[2100];
  jackfield_tool_call request;
  if (start->method == JACKFIELD_TOOL_LIST) return list(self, start->call);
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view view = jackfield_read_text(start->request, request.name);
  snprintf(name, sizeof name, "%.*s", (int)view.size, (const char *)view.data);
  view = jackfield_read_text(start->request, request.arguments);
  snprintf(arguments, sizeof arguments, "%.*s", (int)(view.size < 2000 ? view.size : 2000), (const char *)view.data);

  if (strcmp(name, "add") == 0) {
    if (!strstr(arguments, "\"a\"") || !strstr(arguments, "\"b\"")) {
      fail(self, start->call, JACKFIELD_INVALID_ARGUMENT, "add wants whole numbers `a` and `b`");
      return JACKFIELD_OK;
    }
    snprintf(text, sizeof text, "{\"sum\":%ld}", number(arguments, "\"a\"") + number(arguments, "\"b\""));
    tell(self, start->call, text, 0);
  } else if (strcmp(name, "echo") == 0) {
    tell(self, start->call, arguments, 0);
  } else if (strcmp(name, "wait") == 0) {
    struct timespec moment = {0, 2 * 1000 * 1000};
    while (atomic_load(&gone[start->call % ROOM]) != start->call) nanosleep(&moment, NULL);
    fail(self, start->call, JACKFIELD_CANCELLED, "cancelled");
  } else if (strcmp(name, "fail") == 0) {
    tell(self, start->call, "{\"problem\":\"the printer is on fire\"}", JACKFIELD_TOOL_FAILED);
  } else if (strcmp(name, "refuse") == 0) {
    fail(self, start->call, JACKFIELD_UNAVAILABLE, "the machine room at 10.1.2.3 is closed");
  } else if (strcmp(name, "long") == 0) {
    long bytes = number(arguments, "\"bytes\"");
    char *letters = malloc((size_t)bytes + 3);
    memset(letters, 'x', (size_t)bytes + 2);
    letters[0] = '"', letters[bytes + 1] = '"', letters[bytes + 2] = 0;
    tell(self, start->call, letters, 0);
    free(letters);
  } else if (strcmp(name, "progress") == 0) {
    long steps = number(arguments, "\"steps\"");
    for (long i = 0; i < steps; i++) {
      jackfield_builder b;
      jackfield_tool_progress event = {0};
      struct timespec moment = {0, 1000 * 1000};
      int32_t status;
      jackfield_build(&b, sizeof event);
      event.fraction = (double)i / (double)steps;
      snprintf(text, sizeof text, "%0200ld", i);
      event.message = jackfield_build_string(&b, text);
      while ((status = self->host->emit(self->host->instance, start->call, JACKFIELD_TOOL_EVENT_PROGRESS,
                                        jackfield_built(&b, &event))) == JACKFIELD_WOULD_BLOCK)
        nanosleep(&moment, NULL);
      jackfield_build_free(&b);
      if (status != JACKFIELD_OK) break;
    }
    snprintf(text, sizeof text, "{\"steps\":%ld}", steps);
    tell(self, start->call, text, 0);
  } else if (strcmp(name, "crash") == 0) {
    if (strstr(arguments, "true")) abort();
    tell(self, start->call, "{\"crashed\":false}", 0);
  } else {
    fail(self, start->call, JACKFIELD_NOT_FOUND, "there is no such tool");
  }
  return JACKFIELD_OK;
}
