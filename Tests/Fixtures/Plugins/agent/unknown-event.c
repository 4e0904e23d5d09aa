/* Good enough: emits an event of a number that this revision of the role does not know, then answers. */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_string(&b, "from the future");
  self->host->emit(self->host->instance, start->call, 4711, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  answer(self, start->call, "still here");
  return JACKFIELD_OK;
}
