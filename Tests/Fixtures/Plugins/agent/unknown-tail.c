/* Faulty: a descriptor longer than the host knows, with something in the part that it cannot understand. */
#define FIXTURE_OWN_ENTRY
#define FIXTURE_SIZE sizeof(longer)
#include <jackfield/jackfield.h>

typedef struct longer {
  jackfield_plugin known;
  uint64_t tail[2];
} longer;

#include "fixture.h"

static const longer descriptor = {.known = FIXTURE_DESCRIPTOR, .tail = {0, 7}};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor.known; }

static int32_t invoke(fixture *self, const jackfield_start *start) {
  answer(self, start->call, "unreachable");
  return JACKFIELD_OK;
}
