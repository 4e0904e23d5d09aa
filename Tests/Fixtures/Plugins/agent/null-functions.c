/* Faulty: the descriptor lacks functions that every plugin must have. */
#define FIXTURE_OWN_ENTRY
#include "fixture.h"

static const jackfield_plugin descriptor = {
    .size = sizeof descriptor,
    .abi_revision = JACKFIELD_ABI_REVISION,
    .id = FIXTURE_ID,
    .version = "1.0.0",
    .role_count = 1,
    .roles = fixture_roles,
    .services = fixture_services,
    .create = fixture_create,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor; }

static int32_t invoke(fixture *self, const jackfield_start *start) { return answer(self, start->call, "unreachable"); }
