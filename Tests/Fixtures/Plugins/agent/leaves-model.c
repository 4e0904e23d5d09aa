/* Good, if in a hurry: asks the model "default", and answers at its first word, of which it takes no more. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define FIXTURE_EMIT emitted
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)event, (void)payload;
  jackfield_call parent = asked_by(call);
  if (parent) answer(instance, parent, "that is enough");
  return JACKFIELD_WOULD_BLOCK;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  jackfield_call parent = asked_by(call);
  if (parent) fail(instance, parent, end->code ? end->code : JACKFIELD_INTERNAL, "the model said nothing");
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  return ask_model(self, start->call, "hello");
}
