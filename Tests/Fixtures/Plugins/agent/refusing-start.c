/* Faulty: refuses every call in `start`; the question is the code with which it does. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  (void)self;
  read_input(start, input, sizeof input);
  return (int32_t)strtol(input, NULL, 10);
}
