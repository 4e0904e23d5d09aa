/*
 * Hostile: does not listen when its call is cancelled, and answers it only when the next question comes. That one is
 * answered with what the host said to the late answer: 1 is JACKFIELD_CANCELLED, 101 JACKFIELD_STALE.
 */
#include "fixture.h"

static jackfield_call waiting;

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char text[64];
  if (waiting == 0) {
    waiting = start->call;
    return JACKFIELD_OK;
  }
  int32_t emitted = say(self, waiting, "too late"), finished = done(self, waiting);
  waiting = 0;
  snprintf(text, sizeof text, "emit %d, finish %d", emitted, finished);
  return answer(self, start->call, text);
}
