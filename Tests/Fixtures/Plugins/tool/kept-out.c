/* Good: its plugin.json says that it must not run in the host's process. Lists no tools. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_TOOL, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  jackfield_build(&b, sizeof result);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
