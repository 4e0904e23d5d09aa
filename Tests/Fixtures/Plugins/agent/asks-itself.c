/*
 * Faulty, by what it was granted: asks the agent "asks-itself", which is itself, and fails as that fails. Asked to
 * "insist", it asks again instead, for as long as the host lets it.
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_AGENTS, 1, 0)
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

static atomic_int insists;

static int32_t ask_again(fixture *self, jackfield_call parent) {
  jackfield_builder b;
  jackfield_agents_invoke request = {0};
  jackfield_build(&b, sizeof request);
  request.agent = jackfield_build_string(&b, "asks-itself");
  request.input = jackfield_build_string(&b, atomic_load(&insists) ? "insist" : "once");
  int32_t status = ask(self, parent, JACKFIELD_AGENTS_INVOKE, jackfield_built(&b, &request));
  jackfield_build_free(&b);
  return status;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  char message[600];
  jackfield_call parent = asked_by(call);
  if (parent == 0) return JACKFIELD_OK;
  if (atomic_load(&insists) && ask_again(instance, parent) == JACKFIELD_OK) return JACKFIELD_OK;
  snprintf(message, sizeof message, "%.*s", (int)(end->message.size < 500 ? end->message.size : 500),
           end->message.data ? (const char *)end->message.data : "");
  fail(instance, parent, end->code ? end->code : JACKFIELD_INTERNAL, message);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  read_input(start, input, sizeof input);
  atomic_store(&insists, strcmp(input, "insist") == 0);
  return ask_again(self, start->call);
}
