/*
 * Faulty: goes on with a call that is over. The question says how: "finish" finishes twice, "emit" emits after the
 * finish, "thread" does both from another thread after a while, "never was" does both for a call that never was. The
 * answer to "status" is what the host said to the last of these: "emit N, finish N", 101 being JACKFIELD_STALE.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "fixture.h"

static atomic_int emitted = -1, finished = -1;

typedef struct late {
  fixture *self;
  jackfield_call call;
} late;

static void *run(void *argument) {
  late *l = argument;
  struct timespec moment = {0, 20 * 1000 * 1000};
  nanosleep(&moment, NULL);
  atomic_store(&emitted, say(l->self, l->call, "too late"));
  atomic_store(&finished, fail(l->self, l->call, JACKFIELD_INTERNAL, "too late"));
  free(l);
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  read_input(start, input, sizeof input);
  if (strcmp(input, "status") == 0) {
    snprintf(text, sizeof text, "emit %d, finish %d", atomic_load(&emitted), atomic_load(&finished));
    answer(self, start->call, text);
    return JACKFIELD_OK;
  }
  atomic_store(&emitted, -1);
  atomic_store(&finished, -1);
  answer(self, start->call, "first answer");
  if (strcmp(input, "finish") == 0) {
    atomic_store(&finished, fail(self, start->call, JACKFIELD_INTERNAL, "second answer"));
  } else if (strcmp(input, "emit") == 0) {
    atomic_store(&emitted, say(self, start->call, "second answer"));
  } else if (strcmp(input, "never was") == 0) {
    atomic_store(&emitted, say(self, 0xfeedfacecafebeefull, "nobody asked"));
    atomic_store(&finished, fail(self, 0xfeedfacecafebeefull, JACKFIELD_INTERNAL, "nobody asked"));
  } else if (strcmp(input, "thread") == 0) {
    pthread_t thread;
    late *l = malloc(sizeof *l);
    if (l == NULL) return JACKFIELD_OK;
    l->self = self;
    l->call = start->call;
    if (pthread_create(&thread, NULL, run, l) == 0)
      pthread_detach(thread);
    else
      free(l);
  }
  return JACKFIELD_OK;
}
