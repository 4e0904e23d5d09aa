/*
 * Faulty: never stops talking, in texts of as many bytes as the question says. It waits where the host says
 * JACKFIELD_WOULD_BLOCK, and stops only where the host no longer listens.
 */
#define FIXTURE_RESUME resume
#define FIXTURE_CANCEL resume
#include <pthread.h>

#include "fixture.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static uint64_t resumed; /* counts every resume and cancel, of whichever call */

static int32_t resume(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  pthread_mutex_lock(&lock);
  resumed++;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  return JACKFIELD_OK;
}

typedef struct talk {
  fixture *self;
  jackfield_call call;
  char *text;
} talk;

static void *run(void *argument) {
  talk *t = argument;
  int32_t status;
  do {
    pthread_mutex_lock(&lock);
    uint64_t before = resumed;
    pthread_mutex_unlock(&lock);
    status = say(t->self, t->call, t->text);
    if (status == JACKFIELD_WOULD_BLOCK) {
      pthread_mutex_lock(&lock);
      while (resumed == before) pthread_cond_wait(&changed, &lock);
      pthread_mutex_unlock(&lock);
    }
  } while (status == JACKFIELD_OK || status == JACKFIELD_WOULD_BLOCK);
  fail(t->self, t->call, JACKFIELD_CANCELLED, "nobody listens any more");
  free(t->text);
  free(t);
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  pthread_t thread;
  read_input(start, input, sizeof input);
  size_t size = strtoul(input, NULL, 10);
  talk *t = malloc(sizeof *t);
  char *text = malloc(size + 1);
  if (t == NULL || text == NULL || size == 0) return JACKFIELD_EXHAUSTED;
  memset(text, 'x', size);
  text[size] = 0;
  t->self = self;
  t->call = start->call;
  t->text = text;
  if (pthread_create(&thread, NULL, run, t) != 0) return JACKFIELD_EXHAUSTED;
  pthread_detach(thread);
  return JACKFIELD_OK;
}
