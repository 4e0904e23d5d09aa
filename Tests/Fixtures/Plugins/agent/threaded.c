/* A good agent that returns from `start` at once, and answers later from a thread of its own. */
#include <pthread.h>
#include <time.h>

#include "fixture.h"

typedef struct work {
  fixture *self;
  jackfield_call call;
} work;

static void *run(void *argument) {
  work *w = argument;
  struct timespec moment = {0, 20 * 1000 * 1000};
  nanosleep(&moment, NULL);
  answer(w->self, w->call, "answered from a thread of the plugin");
  free(w);
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  pthread_t thread;
  work *w = malloc(sizeof *w);
  if (w == NULL) return JACKFIELD_EXHAUSTED;
  w->self = self;
  w->call = start->call;
  if (pthread_create(&thread, NULL, run, w) != 0) {
    free(w);
    return JACKFIELD_EXHAUSTED;
  }
  pthread_detach(thread);
  return JACKFIELD_OK;
}
