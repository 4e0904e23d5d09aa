/*
 * Hostile: calls a service on behalf of a call that it has finished. The answer to "report" is what the host said: to
 * the start, and at the end, -1 where it has not said anything yet.
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LOG, 1, 0)
#define FIXTURE_FINISH finished
#include <stdatomic.h>

#include "fixture.h"

static atomic_int started = -1, ended = -1;
static _Atomic uint64_t names;

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call;
  atomic_store(&ended, end->code);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  read_input(start, input, sizeof input);
  if (strcmp(input, "report") == 0) {
    snprintf(text, sizeof text, "start %d, finish %d", atomic_load(&started), atomic_load(&ended));
    return answer(self, start->call, text);
  }
  answer(self, start->call, "finished");
  jackfield_builder b;
  jackfield_log_write line = {0};
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_INFO;
  line.message = jackfield_build_string(&b, "on behalf of nobody");
  jackfield_start ask = {.size = sizeof ask, .method = JACKFIELD_LOG_WRITE, .parent = start->call};
  ask.call = atomic_fetch_add(&names, 1) + 1;
  ask.request = jackfield_built(&b, &line);
  atomic_store(&ended, -1);
  atomic_store(&started, self->host->start(self->host->instance, &ask));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
