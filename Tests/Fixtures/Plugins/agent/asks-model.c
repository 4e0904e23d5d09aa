/* Good: asks the model "default", does not care for what it says, and answers how it ended. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define FIXTURE_EMIT emitted
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_OK;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  char text[32];
  jackfield_call parent = asked_by(call);
  snprintf(text, sizeof text, "the model ended with %d", end->code);
  if (parent) answer(instance, parent, text);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  return ask_model(self, start->call, "hello");
}
