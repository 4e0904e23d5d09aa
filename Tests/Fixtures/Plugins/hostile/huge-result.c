/* Hostile: finishes with a result that holds a note of as many MiB as the question says. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  read_input(start, input, sizeof input);
  uint64_t size = strtoull(input, NULL, 10) << 20;
  jackfield_builder b;
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  result.note.offset = jackfield_build_reserve(&b, size, 1);
  result.note.length = (uint32_t)size;
  if (b.failed) return fail(self, start->call, JACKFIELD_EXHAUSTED, "no memory for that");
  memset(b.bytes + result.note.offset, 'x', size);
  int32_t status = finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return status == JACKFIELD_OK ? status : done(self, start->call);
}
