/* Good: a descriptor of a later revision, longer than the host knows, whose unknown tail is zero. */
#define FIXTURE_OWN_ENTRY
#define FIXTURE_SIZE sizeof(longer)
#include <jackfield/jackfield.h>

typedef struct longer {
  jackfield_plugin known;
  uint64_t tail[2];
} longer;

#include "fixture.h"

static const longer descriptor = {.known = FIXTURE_DESCRIPTOR, .tail = {0, 0}};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor.known; }

static int32_t invoke(fixture *self, const jackfield_start *start) {
  answer(self, start->call, "a longer descriptor is no obstacle");
  return JACKFIELD_OK;
}
