/*
 * Good: answers with 1000 texts of 1000 bytes, as fast as it can. It waits where the host says JACKFIELD_WOULD_BLOCK, and
 * goes on when it is resumed; told that nobody listens any more, it ends.
 *
 * May be defined before: BURST_TEXTS, how many; BURST_BYTES, of each.
 */
#ifndef BURST_TEXTS
#define BURST_TEXTS 1000
#define BURST_BYTES 1000
#endif
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define FIXTURE_RESUME resume
#define FIXTURE_CANCEL resume
#include <pthread.h>

#include "fixture.h"

/* One answer under way. Whoever is inside `go` sees `again` at the latest when it leaves. */
typedef struct burst {
  jackfield_call call;
  int left, is_running, again;
} burst;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static burst bursts[64];

static burst *of(jackfield_call call) {
  for (int i = 0; i < 64; i++)
    if (bursts[i].call == call) return &bursts[i];
  return NULL;
}

static int32_t text(fixture *self, jackfield_call call) {
  char bytes[BURST_BYTES];
  jackfield_builder b;
  jackfield_llm_text event = {0};
  memset(bytes, 'x', sizeof bytes);
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_text(&b, bytes, sizeof bytes);
  int32_t status =
      self->host->emit(self->host->instance, call, JACKFIELD_LLM_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  return status;
}

static void end(fixture *self, jackfield_call call, int32_t status) {
  jackfield_builder b;
  jackfield_llm_stop stop = {0};
  jackfield_llm_complete_result result = {0};
  if (status != JACKFIELD_OK) {
    fail(self, call, JACKFIELD_CANCELLED, "nobody listens any more");
    return;
  }
  jackfield_build(&b, sizeof stop);
  stop.reason = jackfield_build_string(&b, "stop");
  self->host->emit(self->host->instance, call, JACKFIELD_LLM_EVENT_STOP, jackfield_built(&b, &stop));
  jackfield_build_free(&b);
  jackfield_build(&b, sizeof result);
  result.model = jackfield_build_string(&b, "burst");
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static void go(fixture *self, jackfield_call call) {
  pthread_mutex_lock(&lock);
  burst *one = of(call);
  if (one == NULL || one->is_running) {
    if (one) one->again = 1;
    pthread_mutex_unlock(&lock);
    return;
  }
  one->is_running = 1;
  int32_t status = JACKFIELD_OK;
  while (one->left > 0) {
    one->again = 0;
    pthread_mutex_unlock(&lock);
    status = text(self, call);
    pthread_mutex_lock(&lock);
    if (status == JACKFIELD_OK) {
      one->left--;
    } else if (status != JACKFIELD_WOULD_BLOCK) {
      break;
    } else if (!one->again) {
      one->is_running = 0;
      pthread_mutex_unlock(&lock);
      return;
    }
  }
  memset(one, 0, sizeof *one);
  pthread_mutex_unlock(&lock);
  end(self, call, status);
}

static int32_t resume(void *instance, jackfield_call call) {
  go(instance, call);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  if (start->method != JACKFIELD_LLM_COMPLETE) return JACKFIELD_UNSUPPORTED;
  pthread_mutex_lock(&lock);
  burst *one = of(0);
  if (one) {
    one->call = start->call;
    one->left = BURST_TEXTS;
  }
  pthread_mutex_unlock(&lock);
  if (one == NULL) return JACKFIELD_EXHAUSTED;
  go(self, start->call);
  return JACKFIELD_OK;
}
