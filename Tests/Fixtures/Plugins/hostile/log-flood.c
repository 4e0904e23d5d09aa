/* Hostile: writes as many lines to the host's log as the question says, each of 4 KiB, and then answers. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LOG, 1, 0)
#include <stdatomic.h>

#include "fixture.h"

static _Atomic uint64_t names;

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[4097];
  read_input(start, input, sizeof input);
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  jackfield_builder b;
  jackfield_log_write line = {0};
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_ERROR;
  line.message = jackfield_build_string(&b, text);
  jackfield_start ask = {.size = sizeof ask, .method = JACKFIELD_LOG_WRITE, .parent = start->call};
  ask.request = jackfield_built(&b, &line);
  for (long i = strtol(input, NULL, 10); i > 0; i--) {
    ask.call = atomic_fetch_add(&names, 1) + 1;
    self->host->start(self->host->instance, &ask);
  }
  jackfield_build_free(&b);
  return answer(self, start->call, "flooded");
}
