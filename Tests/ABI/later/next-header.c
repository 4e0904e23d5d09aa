/*
 * Good, and of a time to come: built with a header in which every struct has got longer, and there are new events and new
 * methods, but needing only revision 1. It looks at what the host is, and sends nothing that the host cannot know; what it
 * tries all the same, an event and a method with numbers that are not known, does no harm.
 */
#define FIXTURE_OWN_ENTRY
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LOG, 1, 0), FIXTURE_INTERFACE(JACKFIELD_LOG, 2, 0)
#define FIXTURE_SIZE sizeof(longer_plugin)
#define FIXTURE_CREATE create
#define FIXTURE_FINISH finished
#include <jackfield/jackfield.h>

typedef struct longer_plugin {
  jackfield_plugin known;
  uint64_t more;
} longer_plugin;

typedef struct longer_side {
  jackfield_side known;
  int32_t (*more)(void *instance);
} longer_side;

typedef struct longer_start {
  jackfield_start known;
  jackfield_view more;
} longer_start;

typedef struct longer_end {
  jackfield_end known;
  jackfield_view more;
} longer_end;

typedef struct longer_text {
  jackfield_agent_text known;
  jackfield_text more;
} longer_text;

#include "fixture.h"

static uint32_t host_revision, room, old_log, new_log;

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  room = plugin->size;
  host_revision = setup->abi_revision;
  old_log = setup->services[0];
  new_log = setup->services[1];
  int32_t status = fixture_create(setup, plugin, failure);
  if (status != JACKFIELD_OK) return status;
  longer_side side = {.known = *plugin, .more = NULL};
  side.known.size = sizeof side;
  memcpy((void *)plugin, &side, sizeof side);
  return JACKFIELD_OK;
}

static const longer_plugin descriptor = {.known = FIXTURE_DESCRIPTOR, .more = 0};
static longer_plugin filled;

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) {
  filled = descriptor;
  filled.known.header_revision = 2;
  return &filled.known;
}

/* What it has learned, in the longer structs of its own time. */
static void report(fixture *self, jackfield_call call, int32_t unknown_method) {
  jackfield_builder b;
  longer_text event;
  memset(&event, 0, sizeof event);
  jackfield_build(&b, sizeof event);
  int32_t unknown_event = self->host->emit(self->host->instance, call, 77, jackfield_built(&b, &event));
  char words[256];
  snprintf(words, sizeof words, "host %u, room %u, log %u and %u, unknown method %d, unknown event %d", host_revision, room,
           old_log, new_log, unknown_method, unknown_event);
  event.known.text = jackfield_build_string(&b, words);
  self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);

  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  longer_end end;
  memset(&end, 0, sizeof end);
  end.known.size = sizeof end;
  end.known.result = jackfield_built(&b, &result);
  self->host->finish(self->host->instance, call, &end.known);
  jackfield_build_free(&b);
}

static jackfield_call waiting;

/* To a process of its own the host says by `finish` what it otherwise says at once. */
static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)call;
  report(instance, waiting, end->code);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  longer_text request;
  longer_start call;
  memset(&request, 0, sizeof request);
  memset(&call, 0, sizeof call);
  jackfield_build(&b, sizeof request);
  waiting = start->call;
  call.known.size = sizeof call;
  call.known.method = 77;
  call.known.call = 1;
  call.known.parent = start->call;
  call.known.request = jackfield_built(&b, &request);
  int32_t status = self->host->start(self->host->instance, &call.known);
  jackfield_build_free(&b);
  if (status != JACKFIELD_OK) report(self, start->call, status);
  return JACKFIELD_OK;
}
