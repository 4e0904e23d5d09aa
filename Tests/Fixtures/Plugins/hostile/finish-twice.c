/*
 * Hostile: finishes its call twice, and the second time from another thread at the same moment. The answer to "report"
 * is what the host said to the last second one: 101 is JACKFIELD_STALE.
 */
#define HOSTILE_OWN_INVOKE
#include "hostile.h"

static hostile_turn turn;
static pthread_barrier_t together;
static atomic_int outcomes[2];

FIXTURE_UNUSED static void attack(void) {}

static void *finish_too(void *argument) {
  (void)argument;
  pthread_barrier_wait(&together);
  atomic_store(&outcomes[1], done(turn.self, turn.call));
  return NULL;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  pthread_t other;
  read_input(start, input, sizeof input);
  if (strcmp(input, "report") == 0) {
    int first = atomic_load(&outcomes[0]), second = atomic_load(&outcomes[1]);
    snprintf(text, sizeof text, "%d and %d", first < second ? first : second, first < second ? second : first);
    return answer(self, start->call, text);
  }
  turn.self = self;
  turn.call = start->call;
  say(self, start->call, "once");
  pthread_barrier_init(&together, NULL, 2);
  if (pthread_create(&other, NULL, finish_too, NULL) != 0) return JACKFIELD_EXHAUSTED;
  pthread_barrier_wait(&together);
  atomic_store(&outcomes[0], done(self, start->call));
  pthread_join(other, NULL);
  return JACKFIELD_OK;
}
