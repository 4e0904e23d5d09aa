/* A tool plugin with two tools: `add` sums "a" and "b", whole numbers; `break` always fails on its own account. */
#define MUSEUM_ID "tool/museum-abacus"
#define MUSEUM_ROLE JACKFIELD_TOOL
#include "museum.h"

static void entry(jackfield_builder *b, jackfield_list list, uint32_t index, const char *name, const char *description,
                  const char *parameters, const char *result, uint32_t flags) {
  jackfield_tool_entry entry = {0};
  entry.name = jackfield_build_string(b, name);
  entry.description = jackfield_build_string(b, description);
  entry.parameters = jackfield_build_string(b, parameters);
  if (result) entry.result = jackfield_build_string(b, result);
  entry.flags = flags;
  jackfield_build_set(b, list, index, &entry);
}

static void list(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  jackfield_build(&b, sizeof result);
  result.tools = jackfield_build_list(&b, 2, sizeof(jackfield_tool_entry));
  entry(&b, result.tools, 0, "add", "Adds two whole numbers.",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},"
        "\"required\":[\"a\",\"b\"],\"additionalProperties\":false}",
        "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\"}},\"required\":[\"sum\"]}",
        JACKFIELD_TOOL_READ_ONLY | JACKFIELD_TOOL_IDEMPOTENT);
  entry(&b, result.tools, 1, "break", "Breaks the abacus.", "{\"type\":\"object\",\"properties\":{}}", NULL,
        JACKFIELD_TOOL_DESTRUCTIVE);
  museum_finish(self, call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

/* The whole number behind "NAME":, in JSON without escapes. Answers whether there is one. */
static int number(const char *json, const char *name, long long *value) {
  char key[16];
  snprintf(key, sizeof key, "\"%s\"", name);
  const char *at = strstr(json, key);
  if (at == NULL) return 0;
  at += strlen(key);
  while (*at == ' ' || *at == ':') at++;
  char *end = NULL;
  *value = strtoll(at, &end, 10);
  return end != at;
}

static void answer(museum *self, jackfield_call call, uint32_t flags, const char *content, const char *media_type) {
  jackfield_builder b;
  jackfield_tool_result result = {0};
  jackfield_build(&b, sizeof result);
  result.flags = flags;
  result.content = jackfield_build_string(&b, content);
  if (media_type) result.media_type = jackfield_build_string(&b, media_type);
  museum_finish(self, call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static void add(museum *self, jackfield_call call, const char *arguments) {
  jackfield_builder b;
  jackfield_tool_progress progress = {0};
  long long a, sum;
  char content[64];
  if (!number(arguments, "a", &a) || !number(arguments, "b", &sum) || __builtin_add_overflow(a, sum, &sum)) {
    museum_fail(self, call, JACKFIELD_INVALID_ARGUMENT, "`a` and `b` must be whole numbers: {\"a\":1,\"b\":2}");
    return;
  }
  jackfield_build(&b, sizeof progress);
  progress.fraction = 0.5;
  progress.message = jackfield_build_string(&b, "moving beads");
  museum_emit(self, call, JACKFIELD_TOOL_EVENT_PROGRESS, jackfield_built(&b, &progress));
  jackfield_build_free(&b);
  snprintf(content, sizeof content, "{\"sum\":%lld}", sum);
  answer(self, call, 0, content, NULL);
}

static int32_t start(void *instance, const jackfield_start *start) {
  museum *self = instance;
  jackfield_tool_call request;
  if (start->method == JACKFIELD_TOOL_LIST) {
    list(self, start->call);
    return JACKFIELD_OK;
  }
  if (start->method != JACKFIELD_TOOL_CALL) return JACKFIELD_UNSUPPORTED;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view name = jackfield_read_text(start->request, request.name);
  jackfield_view given = jackfield_read_text(start->request, request.arguments);
  char arguments[1024] = "";
  if (given.size && given.size < sizeof arguments) memcpy(arguments, given.data, given.size);
  if (jackfield_equals(name, "add"))
    add(self, start->call, arguments);
  else if (jackfield_equals(name, "break"))
    answer(self, start->call, JACKFIELD_TOOL_FAILED, "a bead has rolled under the cupboard", "text/plain");
  else
    museum_fail(self, start->call, JACKFIELD_NOT_FOUND, "there is no such tool; there are `add` and `break`");
  return JACKFIELD_OK;
}

static int32_t cancel(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }
static int32_t resume(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
