/* Faulty: lists a tool whose name no model could be told. */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_TOOL, 1, 0)
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  jackfield_tool_entry entry = {0};
  jackfield_build(&b, sizeof result);
  result.tools = jackfield_build_list(&b, 1, sizeof entry);
  entry.name = jackfield_build_string(&b, "rm -rf");
  entry.parameters = jackfield_build_string(&b, "{\"type\":\"object\"}");
  jackfield_build_set(&b, result.tools, 0, &entry);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
