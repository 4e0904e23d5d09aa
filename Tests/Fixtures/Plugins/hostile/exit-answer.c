/* Hostile: leaves without an answer, and gives it in the handlers of the exit. */
#define HOSTILE_OWN_INVOKE
#include "hostile.h"

static hostile_turn turn;

static void attack(void) { answer(turn.self, turn.call, "from the grave"); }

static int32_t invoke(fixture *self, const jackfield_start *start) {
  turn.self = self;
  turn.call = start->call;
  atexit(hostile_attack);
  exit(5);
}
