/* Hostile: emits one text of as many MiB as the question says. The answer behind it is what the host said to it. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  read_input(start, input, sizeof input);
  uint64_t size = strtoull(input, NULL, 10) << 20;
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text.offset = jackfield_build_reserve(&b, size, 1);
  event.text.length = (uint32_t)size;
  if (b.failed) return answer(self, start->call, "no memory for that");
  memset(b.bytes + event.text.offset, 'x', size);
  int32_t status =
      self->host->emit(self->host->instance, start->call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  snprintf(text, sizeof text, "\nemit %d", status);
  return answer(self, start->call, text);
}
