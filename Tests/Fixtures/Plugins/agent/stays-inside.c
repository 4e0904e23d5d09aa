/*
 * May block, and stays inside: asked to "leave", until a while after it was cancelled; otherwise for ever. It ends the
 * process if it is destroyed while a handler is inside, and says so if it is destroyed afterwards.
 */
#define FIXTURE_FLAGS JACKFIELD_MAY_BLOCK
#define FIXTURE_CONCURRENCY 2
#define FIXTURE_CANCEL cancel
#define FIXTURE_DESTROY destroy
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

static atomic_int inside;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int is_cancelled;

static int32_t cancel(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  pthread_mutex_lock(&lock);
  is_cancelled = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  return JACKFIELD_OK;
}

static void destroy(void *instance) {
  if (atomic_load(&inside)) {
    fputs("stays-inside: destroyed under its own handler\n", stderr);
    abort();
  }
  fputs("stays-inside: destroyed after its last handler\n", stderr);
  free(instance);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  struct timespec moment = {0, 150 * 1000 * 1000};
  atomic_fetch_add(&inside, 1);
  read_input(start, input, sizeof input);
  say(self, start->call, "I am inside");
  if (strcmp(input, "leave") != 0)
    for (;;) pause();
  pthread_mutex_lock(&lock);
  while (!is_cancelled) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
  nanosleep(&moment, NULL);
  fail(self, start->call, JACKFIELD_CANCELLED, "the fixture was cancelled");
  nanosleep(&moment, NULL);
  atomic_fetch_sub(&inside, 1);
  return JACKFIELD_OK;
}
