/* Threads that a fault has, and time that it takes. Next to nothing of this runs in a plugin without one. */
#include <time.h>
#include <unistd.h>

#include "plugin.h"

void pause_for(long microseconds) {
  struct timespec time = {0, microseconds * 1000};
  nanosleep(&time, NULL);
}

int64_t monotonic_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void burn(double seconds) {
  struct timespec time;
  double begun = -1, used;
  do {
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    used = (double)time.tv_sec + (double)time.tv_nsec / 1e9;
    if (begun < 0) begun = used;
  } while (used - begun < seconds);
}

void join_threads(plugin *self) {
  for (int i = 0; i < self->thread_count; i++) pthread_join(self->threads[i], NULL);
  self->thread_count = 0;
}

static void begin(plugin *self, void *(*body)(void *)) {
  if (pthread_create(&self->threads[self->thread_count], NULL, body, self) == 0) self->thread_count++;
}

/* Looks all the time whether there is work, once there was none for 10 ms, and for not more than a second altogether.
   Four threads of all instances at a time, so that many of them do not take the machine. */
static void *spin(void *instance) {
  static int is_taken;
  plugin *self = instance;
  double left = 1;
  while (!__atomic_load_n(&self->closed, __ATOMIC_SEQ_CST)) {
    jackfield_call before = __atomic_load_n(&self->last, __ATOMIC_SEQ_CST);
    pause_for(10000);
    if (left <= 0 || before != __atomic_load_n(&self->last, __ATOMIC_SEQ_CST)) continue;
    if (__atomic_add_fetch(&is_taken, 1, __ATOMIC_SEQ_CST) <= 4)
      while (left > 0 && before == __atomic_load_n(&self->last, __ATOMIC_SEQ_CST) &&
             !__atomic_load_n(&self->closed, __ATOMIC_SEQ_CST)) {
        burn(0.005);
        left -= 0.005;
      }
    __atomic_sub_fetch(&is_taken, 1, __ATOMIC_SEQ_CST);
  }
  return NULL;
}

void begin_spinning(plugin *self) {
  for (int i = 0; i < 4; i++) begin(self, spin);
}

static void *speak(void *instance) {
  pause_for(10000);
  write_note(instance, 0);
  return NULL;
}

void speak_later(plugin *self) { begin(self, speak); }

static void *wait_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

/* One more for each instance, up to 24. */
void begin_waiting(void) {
  static int count;
  pthread_t thread;
  if (__atomic_fetch_add(&count, 1, __ATOMIC_SEQ_CST) >= 24) return;
  if (pthread_create(&thread, NULL, wait_for_ever, NULL) == 0) pthread_detach(thread);
}

typedef struct pair {
  work *w;
  pthread_barrier_t ready;
} pair;

static void *speak_too(void *pointer) {
  pair *p = pointer;
  plugin *self = p->w->self;
  event *e = &p->w->events[0];
  pthread_barrier_wait(&p->ready);
  self->host->emit(self->host->instance, p->w->call, e->number, (jackfield_view){e->payload.bytes, e->payload.size});
  return NULL;
}

/* At the first four calls. */
void speak_twice(work *w) {
  static int count;
  if (__atomic_fetch_add(&count, 1, __ATOMIC_SEQ_CST) >= 4) return;
  for (int round = 0; round < 5; round++) {
    pair p = {.w = w};
    pthread_t thread;
    pthread_barrier_init(&p.ready, NULL, 2);
    if (pthread_create(&thread, NULL, speak_too, &p) != 0) return;
    speak_too(&p);
    pthread_join(thread, NULL);
    pthread_barrier_destroy(&p.ready);
  }
}
