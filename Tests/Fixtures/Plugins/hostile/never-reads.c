/*
 * Hostile: does not take what the host sends: each of the host's events for a call of the plugin's holds the thread
 * that brings it, for ever. The events come from asking the model "default".
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_LLM, 1, 0)
#define FIXTURE_EMIT emitted
#include <unistd.h>

#include "fixture.h"

#include "asking.h"

static volatile int for_ever = 1;

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  while (for_ever) pause();
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return ask_model(self, start->call, "hello"); }
