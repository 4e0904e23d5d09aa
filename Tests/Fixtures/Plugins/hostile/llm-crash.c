/* Hostile: a provider that dies in the middle of its answer. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define HOSTILE_OWN_INVOKE
#include "segfault.c"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_llm_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_string(&b, "the first half, ");
  self->host->emit(self->host->instance, start->call, JACKFIELD_LLM_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  return hostile_in_thread(self, 0); /* a moment later, when the event is out of this process */
}
