/* Hostile: fails with a sentence of 64 MiB that a client must never see. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  const size_t size = 64 << 20;
  char *message = malloc(size + 1);
  if (message == NULL) return fail(self, start->call, JACKFIELD_EXHAUSTED, "no memory for that");
  memset(message, 'x', size);
  message[size] = 0;
  int32_t status = fail(self, start->call, JACKFIELD_INTERNAL, message);
  free(message);
  return status == JACKFIELD_OK ? status : fail(self, start->call, JACKFIELD_INTERNAL, "too long");
}
