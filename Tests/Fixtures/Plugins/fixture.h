/*
 * What the fixtures have in common: a descriptor, an instance that remembers its host, and short ways to answer. A
 * fixture includes this file, defines what it does differently from a good plugin, and writes `invoke`.
 *
 * May be defined before the include:
 *   FIXTURE_ID               KIND/NAME; the build gives the one that the file's place says
 *   FIXTURE_ROLES            initialisers of jackfield_interface pointers; one agent role otherwise
 *   FIXTURE_SERVICES         the same, for services; none otherwise
 *   FIXTURE_SIZE, FIXTURE_ABI_REVISION, FIXTURE_FLAGS, FIXTURE_CONCURRENCY     fields of the descriptor
 *   FIXTURE_CREATE, FIXTURE_OPEN, FIXTURE_DRAIN, FIXTURE_CLOSE, FIXTURE_DESTROY,
 *   FIXTURE_CANCEL, FIXTURE_RESUME, FIXTURE_EMIT, FIXTURE_FINISH
 *                            the fixture's own function in place of one that does nothing
 *   FIXTURE_OWN_ENTRY        the fixture exports (or does not export) the entry point itself
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/jackfield.h>

#define FIXTURE_UNUSED __attribute__((unused))

typedef struct fixture {
  const jackfield_side *host;
} fixture;

/* What the fixture does when it is asked: method, request and call are in `start`. */
static int32_t invoke(fixture *self, const jackfield_start *start);

/* ---- Answers ---------------------------------------------------------------------------------------------------- */

FIXTURE_UNUSED static int32_t finish(fixture *self, jackfield_call call, int32_t code, const char *message,
                                     jackfield_view result) {
  jackfield_end end = {0};
  end.size = sizeof end;
  end.code = code;
  end.message.data = message;
  end.message.size = strlen(message);
  end.result = result;
  return self->host->finish(self->host->instance, call, &end);
}

FIXTURE_UNUSED static int32_t fail(fixture *self, jackfield_call call, int32_t code, const char *message) {
  jackfield_view none = {NULL, 0};
  return finish(self, call, code, message, none);
}

/* Finish an invocation that went well. */
FIXTURE_UNUSED static int32_t done(fixture *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  int32_t status = finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return status;
}

FIXTURE_UNUSED static int32_t say(fixture *self, jackfield_call call, const char *text) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_string(&b, text);
  int32_t status =
      self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  return status;
}

FIXTURE_UNUSED static int32_t answer(fixture *self, jackfield_call call, const char *text) {
  say(self, call, text);
  return done(self, call);
}

/* What the user asked, as a C string in `into`. */
FIXTURE_UNUSED static void read_input(const jackfield_start *start, char *into, size_t room) {
  jackfield_agent_invoke request;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(start->request, request.input);
  size_t n = input.size < room - 1 ? input.size : room - 1;
  if (n) memcpy(into, input.data, n);
  into[n] = 0;
}

FIXTURE_UNUSED static void describe(fixture *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_agent_capability capability = {0};
  jackfield_item keyword = {{0, 0}};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "A fixture of the tests.");
  description.capabilities = jackfield_build_list(&b, 1, sizeof capability);
  capability.id = jackfield_build_string(&b, "fixture");
  capability.description = jackfield_build_string(&b, "Does what the tests want to see.");
  capability.keywords = jackfield_build_list(&b, 1, sizeof keyword);
  keyword.text = jackfield_build_string(&b, "fixture");
  jackfield_build_set(&b, capability.keywords, 0, &keyword);
  jackfield_build_set(&b, description.capabilities, 0, &capability);
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &description));
  jackfield_build_free(&b);
}

/* ---- The plugin's side ------------------------------------------------------------------------------------------ */

FIXTURE_UNUSED static int32_t fixture_start(void *instance, const jackfield_start *start) {
  fixture *self = instance;
#ifndef FIXTURE_ROLES
  if (start->method == JACKFIELD_AGENT_DESCRIBE) {
    describe(self, start->call);
    return JACKFIELD_OK;
  }
#endif
  return invoke(self, start);
}

FIXTURE_UNUSED static int32_t fixture_emit(void *instance, jackfield_call call, uint32_t event,
                                           jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

FIXTURE_UNUSED static int32_t fixture_finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}

FIXTURE_UNUSED static int32_t fixture_ignore(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  return JACKFIELD_STALE;
}

#ifndef FIXTURE_EMIT
#define FIXTURE_EMIT fixture_emit
#else
static int32_t FIXTURE_EMIT(void *instance, jackfield_call call, uint32_t event, jackfield_view payload);
#endif
#ifndef FIXTURE_FINISH
#define FIXTURE_FINISH fixture_finish
#else
static int32_t FIXTURE_FINISH(void *instance, jackfield_call call, const jackfield_end *end);
#endif
#ifndef FIXTURE_CANCEL
#define FIXTURE_CANCEL fixture_ignore
#else
static int32_t FIXTURE_CANCEL(void *instance, jackfield_call call);
#endif
#ifndef FIXTURE_RESUME
#define FIXTURE_RESUME fixture_ignore
#else
static int32_t FIXTURE_RESUME(void *instance, jackfield_call call);
#endif

FIXTURE_UNUSED static int32_t fixture_create(const jackfield_setup *setup, jackfield_side *plugin,
                                             jackfield_failure *failure) {
  fixture *self = calloc(1, sizeof *self);
  (void)failure;
  if (self == NULL) return JACKFIELD_EXHAUSTED;
  self->host = setup->host;
  plugin->size = sizeof *plugin;
  plugin->instance = self;
  plugin->start = fixture_start;
  plugin->emit = FIXTURE_EMIT;
  plugin->finish = FIXTURE_FINISH;
  plugin->cancel = FIXTURE_CANCEL;
  plugin->resume = FIXTURE_RESUME;
  return JACKFIELD_OK;
}

FIXTURE_UNUSED static int32_t fixture_open(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  return JACKFIELD_OK;
}

FIXTURE_UNUSED static void fixture_drain(void *instance, int64_t deadline) { (void)instance, (void)deadline; }
FIXTURE_UNUSED static void fixture_close(void *instance) { (void)instance; }
FIXTURE_UNUSED static void fixture_destroy(void *instance) { free(instance); }

FIXTURE_UNUSED static int32_t refuse(jackfield_failure *failure, int32_t code, const char *message) {
  failure->code = code;
  snprintf(failure->message, sizeof failure->message, "%s", message);
  return code;
}

/* ---- The descriptor --------------------------------------------------------------------------------------------- */

#ifndef FIXTURE_SIZE
#define FIXTURE_SIZE sizeof(jackfield_plugin)
#endif
#ifndef FIXTURE_ABI_REVISION
#define FIXTURE_ABI_REVISION JACKFIELD_ABI_REVISION
#endif
#ifndef FIXTURE_FLAGS
#define FIXTURE_FLAGS 0
#endif
#ifndef FIXTURE_CONCURRENCY
#define FIXTURE_CONCURRENCY 0
#endif
#ifndef FIXTURE_CREATE
#define FIXTURE_CREATE fixture_create
#else
static int32_t FIXTURE_CREATE(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure);
#endif
#ifndef FIXTURE_OPEN
#define FIXTURE_OPEN fixture_open
#else
static int32_t FIXTURE_OPEN(void *instance, jackfield_failure *failure);
#endif

#ifndef FIXTURE_DRAIN
#define FIXTURE_DRAIN fixture_drain
#else
static void FIXTURE_DRAIN(void *instance, int64_t deadline);
#endif
#ifndef FIXTURE_CLOSE
#define FIXTURE_CLOSE fixture_close
#else
static void FIXTURE_CLOSE(void *instance);
#endif
#ifndef FIXTURE_DESTROY
#define FIXTURE_DESTROY fixture_destroy
#else
static void FIXTURE_DESTROY(void *instance);
#endif

#define FIXTURE_INTERFACE(name, revision_, flags_) \
  &(const jackfield_interface) { .size = sizeof(jackfield_interface), .revision = revision_, .id = name, .flags = flags_ }

static const jackfield_interface *const fixture_roles[] = {
#ifdef FIXTURE_ROLES
    FIXTURE_ROLES,
#else
    FIXTURE_INTERFACE(JACKFIELD_AGENT, 1, 0),
#endif
    NULL};

static const jackfield_interface *const fixture_services[] = {
#ifdef FIXTURE_SERVICES
    FIXTURE_SERVICES,
#endif
    NULL};

#define FIXTURE_DESCRIPTOR                                                                     \
  {                                                                                            \
    .size = FIXTURE_SIZE, .abi_revision = FIXTURE_ABI_REVISION, .id = FIXTURE_ID,              \
    .version = "1.0.0", .flags = FIXTURE_FLAGS, .concurrency = FIXTURE_CONCURRENCY,            \
    .role_count = sizeof fixture_roles / sizeof *fixture_roles - 1,                            \
    .service_count = sizeof fixture_services / sizeof *fixture_services - 1,                   \
    .roles = fixture_roles, .services = fixture_services, .create = FIXTURE_CREATE,            \
    .open = FIXTURE_OPEN, .drain = FIXTURE_DRAIN, .close = FIXTURE_CLOSE,                      \
    .destroy = FIXTURE_DESTROY                                                                 \
  }

#ifndef FIXTURE_OWN_ENTRY
static const jackfield_plugin fixture_descriptor = FIXTURE_DESCRIPTOR;

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &fixture_descriptor; }
#endif

#endif
