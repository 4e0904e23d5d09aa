/* Good: sets two timers of the same length for one call, and answers when the first of them ends. */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_TIMER, 1, 0)
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  jackfield_call parent = asked_by(call);
  if (parent && end->code == JACKFIELD_OK) answer(instance, parent, "the first timer has ended");
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  for (int i = 0; i < 2; i++) {
    jackfield_builder b;
    jackfield_timer_after after = {0};
    jackfield_build(&b, sizeof after);
    after.delay = 50 * 1000 * 1000;
    ask(self, start->call, JACKFIELD_TIMER_AFTER, jackfield_built(&b, &after));
    jackfield_build_free(&b);
  }
  return JACKFIELD_OK;
}
