/* Faulty: emits as many texts as the question says inside `start`, and does not care for JACKFIELD_WOULD_BLOCK. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  read_input(start, input, sizeof input);
  long count = strtol(input, NULL, 10);
  for (long i = 0; i < count; i++) say(self, start->call, "0123456789abcde\n");
  done(self, start->call);
  return JACKFIELD_OK;
}
