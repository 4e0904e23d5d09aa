/* Hostile: calls the host in `create`, where it must not. The answer is what the host said to the start. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LOG, 1, 0)
#define FIXTURE_CREATE create
#include "fixture.h"

static int32_t started = -1;

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  jackfield_builder b;
  jackfield_log_write line = {0};
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_INFO;
  line.message = jackfield_build_string(&b, "too early");
  jackfield_start ask = {.size = sizeof ask, .method = JACKFIELD_LOG_WRITE, .call = 1};
  ask.request = jackfield_built(&b, &line);
  started = setup->host->start(setup->host->instance, &ask);
  jackfield_build_free(&b);
  return fixture_create(setup, plugin, failure);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char text[32];
  snprintf(text, sizeof text, "start %d", started);
  return answer(self, start->call, text);
}
