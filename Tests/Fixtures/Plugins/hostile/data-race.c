/*
 * Hostile: changes a payload while the host reads it: another thread flips the length of the text between one that is
 * right and one that reaches far beyond the buffer. Whoever checks and then reads again what was checked can be caught.
 */
#define HOSTILE_OWN_INVOKE
#include "hostile.h"

static _Atomic(uint32_t) *length;
static atomic_int stop;

FIXTURE_UNUSED static void attack(void) {}

static void *flip(void *argument) {
  (void)argument;
  while (!atomic_load(&stop)) {
    atomic_store(length, 16);
    atomic_store(length, 0x7fffff00);
  }
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  pthread_t other;
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_string(&b, "0123456789abcdef");
  jackfield_view view = jackfield_built(&b, &event);
  length = (_Atomic(uint32_t) *)(void *)(b.bytes + offsetof(jackfield_agent_text, text.length));
  atomic_store(&stop, 0);
  if (pthread_create(&other, NULL, flip, NULL) != 0) return JACKFIELD_EXHAUSTED;
  for (int i = 0; i < 20000; i++)
    if (self->host->emit(self->host->instance, start->call, JACKFIELD_AGENT_EVENT_TEXT, view) == JACKFIELD_STALE) break;
  atomic_store(&stop, 1);
  pthread_join(other, NULL);
  jackfield_build_free(&b);
  return done(self, start->call);
}
