/*
 * Good: emits as many texts of 16 bytes as the question says, as fast as it can. It waits where the host says
 * JACKFIELD_WOULD_BLOCK, and stops where the host says that nobody listens any more. "status" is answered with how
 * often it had to wait and how many texts the host took the last time.
 */
#define FIXTURE_RESUME resume
#define FIXTURE_CANCEL resume
#include <pthread.h>
#include <stdatomic.h>

#include "fixture.h"

static atomic_long waits, taken;

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

typedef struct flood {
  fixture *self;
  jackfield_call call;
  long count;
} flood;

static void *run(void *argument) {
  flood *f = argument;
  long sent = 0;
  int32_t status = JACKFIELD_OK;
  while (sent < f->count) {
    pthread_mutex_lock(&lock);
    uint64_t before = resumed;
    pthread_mutex_unlock(&lock);
    status = say(f->self, f->call, "0123456789abcde\n");
    if (status == JACKFIELD_OK) {
      sent++;
      atomic_store(&taken, sent);
    } else if (status == JACKFIELD_WOULD_BLOCK) {
      atomic_fetch_add(&waits, 1);
      pthread_mutex_lock(&lock);
      while (resumed == before) pthread_cond_wait(&changed, &lock);
      pthread_mutex_unlock(&lock);
    } else {
      break;
    }
  }
  if (status == JACKFIELD_OK)
    done(f->self, f->call);
  else
    fail(f->self, f->call, JACKFIELD_CANCELLED, "nobody listens any more");
  free(f);
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  pthread_t thread;
  read_input(start, input, sizeof input);
  if (strcmp(input, "status") == 0) {
    snprintf(text, sizeof text, "waited %ld, taken %ld", atomic_load(&waits), atomic_load(&taken));
    answer(self, start->call, text);
    return JACKFIELD_OK;
  }
  flood *f = malloc(sizeof *f);
  if (f == NULL) return JACKFIELD_EXHAUSTED;
  f->self = self;
  f->call = start->call;
  f->count = strtol(input, NULL, 10);
  atomic_store(&waits, 0);
  atomic_store(&taken, 0);
  if (pthread_create(&thread, NULL, run, f) != 0) {
    free(f);
    return JACKFIELD_EXHAUSTED;
  }
  pthread_detach(thread);
  return JACKFIELD_OK;
}
