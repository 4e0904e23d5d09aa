/*
 * Hostile: emits texts of 1 KiB without end, and does not care for what the host says to them, except that the call is
 * over. It stops by itself after as many as the question says.
 */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[1025];
  read_input(start, input, sizeof input);
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  long count = strtol(input, NULL, 10);
  for (long i = 0; i < count; i++)
    if (say(self, start->call, text) == JACKFIELD_STALE) return JACKFIELD_OK;
  return done(self, start->call);
}
