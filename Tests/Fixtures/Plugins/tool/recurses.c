/*
 * Calls itself through the tools service, as "recurses/again", with one more in `depth` each time, for as long as the host
 * lets it; answers with the depth that was reached and why it went no deeper. `progress` emits many events first.
 */
#define FIXTURE_ROLES FIXTURE_INTERFACE(JACKFIELD_TOOL, 1, 0)
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_TOOLS, 1, 0)
#define FIXTURE_FINISH finished
#include "fixture.h"

#include "asking.h"

static _Atomic long depths[ASKING_ROOM];

static void tell(fixture *self, jackfield_call call, jackfield_view content) {
  jackfield_builder b;
  jackfield_tool_result result = {0};
  jackfield_build(&b, sizeof result);
  result.content = jackfield_build_text(&b, content.data, content.size);
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  char text[700];
  long depth = atomic_load(&depths[call % ASKING_ROOM]);
  jackfield_call parent = asked_by(call);
  if (parent == 0) return JACKFIELD_STALE;
  if (end->code == JACKFIELD_OK) {
    jackfield_tool_result result;
    jackfield_read(end->result, &result, sizeof result);
    tell(instance, parent, jackfield_read_text(end->result, result.content));
    return JACKFIELD_OK;
  }
  snprintf(text, sizeof text, "{\"depth\":%ld,\"code\":%d,\"why\":\"%.*s\"}", depth, end->code, (int)end->message.size,
           end->message.size ? (const char *)end->message.data : "");
  tell(instance, parent, (jackfield_view){text, strlen(text)});
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  jackfield_builder b;
  if (start->method == JACKFIELD_TOOL_LIST) {
    jackfield_tool_list_result result = {0};
    jackfield_tool_entry entry = {0};
    jackfield_build(&b, sizeof result);
    result.tools = jackfield_build_list(&b, 1, sizeof entry);
    entry.name = jackfield_build_string(&b, "again");
    entry.description = jackfield_build_string(&b, "Calls itself.");
    entry.parameters = jackfield_build_string(&b, "{\"type\":\"object\"}");
    jackfield_build_set(&b, result.tools, 0, &entry);
    finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
    jackfield_build_free(&b);
    return JACKFIELD_OK;
  }
  char arguments[64];
  jackfield_tool_call request;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view view = jackfield_read_text(start->request, request.arguments);
  snprintf(arguments, sizeof arguments, "%.*s", (int)(view.size < 60 ? view.size : 60), (const char *)view.data);
  const char *colon = strchr(arguments, ':');
  long depth = (colon ? strtol(colon + 1, NULL, 10) : 0) + 1;

  jackfield_tools_call again = {0};
  snprintf(arguments, sizeof arguments, "{\"depth\":%ld}", depth);
  jackfield_build(&b, sizeof again);
  again.name = jackfield_build_string(&b, "recurses/again");
  again.arguments = jackfield_build_string(&b, arguments);
  /* The name that `ask` will use: nobody else asks meanwhile in a test. */
  atomic_store(&depths[(atomic_load(&asking_names) + 1) % ASKING_ROOM], depth);
  int32_t status = ask(self, start->call, JACKFIELD_TOOLS_CALL, jackfield_built(&b, &again));
  jackfield_build_free(&b);
  if (status != JACKFIELD_OK) fail(self, start->call, status, "the host refused the call");
  return JACKFIELD_OK;
}
