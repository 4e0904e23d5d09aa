/* Faulty: plays no role, so that there is nothing to ask it. */
#include <jackfield/jackfield.h>

static int32_t create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure) {
  (void)setup, (void)side, (void)failure;
  return JACKFIELD_INTERNAL;
}
static int32_t open_(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  return JACKFIELD_INTERNAL;
}
static void drain(void *instance, int64_t deadline) { (void)instance, (void)deadline; }
static void ignore(void *instance) { (void)instance; }

static const jackfield_plugin plugin = {
    .size = sizeof plugin,
    .abi_revision = JACKFIELD_ABI_REVISION,
    .id = FIXTURE_ID,
    .version = "1.0.0",
    .create = create,
    .open = open_,
    .drain = drain,
    .close = ignore,
    .destroy = ignore,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin; }
