/* A longer descriptor, with something in the part that is new. */
#define FIXTURE_OWN_ENTRY
#define FIXTURE_SIZE sizeof(longer)
#include <jackfield/jackfield.h>

typedef struct longer {
  jackfield_plugin known;
  uint64_t tail;
} longer;

#include "fixture.h"

static const longer descriptor = {.known = FIXTURE_DESCRIPTOR, .tail = 1};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor.known; }

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
