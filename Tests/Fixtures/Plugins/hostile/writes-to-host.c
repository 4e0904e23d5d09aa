/*
 * Hostile: writes over what the host handed it: its table of functions, the request, the context. In the host that
 * would be the host's memory.
 */
#define HOSTILE_TO_OTHERS
#define HOSTILE_OWN_INVOKE
#include "hostile.h"

FIXTURE_UNUSED static void attack(void) {}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  if (!confined()) return answer(self, start->call, "not in a sandbox: nothing was tried");
  if (start->request.data) memset((void *)(uintptr_t)start->request.data, 0xff, start->request.size);
  if (start->context.data) memset((void *)(uintptr_t)start->context.data, 0xff, start->context.size);
  return answer(self, start->call, "written over");
}
