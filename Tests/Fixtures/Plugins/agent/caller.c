/*
 * Calls the host's services, well and badly. The question says how; the answer is "start N" where the host refused the
 * call at once, or "start 0, finish N" with the outcome, and the host's sentence behind it.
 *
 *   good            a log line                        undeclared      a service with an index that was never declared
 *   empty           no request                        method          a method that the service does not have
 *   garbage         a request of random bytes         stale parent    on behalf of a call that never was
 *   not granted     a secret that was not granted     zero            a call named 0
 *   start size      a start struct of size 4          reused          a call's name twice
 */
#define FIXTURE_SERVICES \
  FIXTURE_INTERFACE(JACKFIELD_LOG, 1, 0), FIXTURE_INTERFACE(JACKFIELD_SECRETS, 1, 0)
#define FIXTURE_FINISH finished
#include <stdatomic.h>

#include "fixture.h"

#define ROOM 65536
static _Atomic uint64_t names;
static jackfield_call asked_by[ROOM]; /* for each call to the host, the call of the host's that waits for it */

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  char text[640];
  jackfield_call parent = asked_by[call % ROOM];
  if (parent == 0) return JACKFIELD_STALE;
  asked_by[call % ROOM] = 0;
  snprintf(text, sizeof text, "start 0, finish %d: %.*s", end->code,
           (int)(end->message.size < 500 ? end->message.size : 500),
           end->message.data ? (const char *)end->message.data : "");
  answer(instance, parent, text);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  jackfield_builder b;
  jackfield_start ask = {0};
  read_input(start, input, sizeof input);

  ask.size = sizeof ask;
  ask.interface = 0;
  ask.method = JACKFIELD_LOG_WRITE;
  ask.call = atomic_fetch_add(&names, 1) + 1;
  ask.parent = start->call;
  jackfield_call waiting = ask.call;
  if (strcmp(input, "not granted") == 0) {
    jackfield_secrets_get get = {0};
    jackfield_build(&b, sizeof get);
    get.name = jackfield_build_string(&b, "NOT_GRANTED");
    ask.interface = 1;
    ask.method = JACKFIELD_SECRETS_GET;
    ask.request = jackfield_built(&b, &get);
  } else {
    jackfield_log_write line = {0};
    jackfield_build(&b, sizeof line);
    line.level = JACKFIELD_LOG_INFO;
    line.message = jackfield_build_string(&b, "a line from the fixture");
    ask.request = jackfield_built(&b, &line);
  }
  if (strcmp(input, "undeclared") == 0) {
    ask.interface = 7;
  } else if (strcmp(input, "method") == 0) {
    ask.method = 4711;
  } else if (strcmp(input, "empty") == 0) {
    ask.request.data = NULL;
    ask.request.size = 0;
  } else if (strcmp(input, "garbage") == 0) {
    memset(b.bytes, 0xa5, b.size);
  } else if (strcmp(input, "stale parent") == 0) {
    ask.parent = 0xfeedfacecafebeefull;
  } else if (strcmp(input, "zero") == 0) {
    ask.call = 0;
    waiting = 0;
  } else if (strcmp(input, "start size") == 0) {
    ask.size = 4;
  }
  asked_by[waiting % ROOM] = start->call;
  int32_t status = self->host->start(self->host->instance, &ask);
  if (strcmp(input, "reused") == 0) self->host->start(self->host->instance, &ask);
  jackfield_build_free(&b);
  if (status != JACKFIELD_OK) {
    asked_by[waiting % ROOM] = 0;
    snprintf(text, sizeof text, "start %d", status);
    answer(self, start->call, text);
  }
  return JACKFIELD_OK;
}
