/* Hostile: answers each of the host's events with "would block", and never says that it would take one again. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define FIXTURE_EMIT emitted
#include "fixture.h"

#include "asking.h"

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_WOULD_BLOCK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return ask_model(self, start->call, "hello"); }
