/* One tool: repeats a word. */
#include <stdio.h>

#include "json.h"
#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_TOOL};
const char plugin_id[] = "tool/faulty";
const uint32_t plugin_service_count = 2;

#define TYPE (FAULT(tool_without_type) ? "" : "\"type\":\"object\",")

const jackfield_layout *role_layout(uint32_t method) {
  if (method == JACKFIELD_TOOL_LIST) return &jackfield_tool_list_layout;
  if (method == JACKFIELD_TOOL_CALL) return &jackfield_tool_call_layout;
  return NULL;
}

static void list(work *w) {
  static const char *const names[] = {"repeat", "repeat-again"};
  char schema[400];
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  uint32_t count = FAULT(tool_grows) && w->self->answered > 0 ? 2 : 1;
  snprintf(schema, sizeof schema,
           "{%s\"properties\":{\"word\":{\"type\":\"string\"},\"times\":{\"type\":\"integer\",\"minimum\":1,"
           "\"maximum\":9}},\"required\":[\"word\",\"times\"],\"additionalProperties\":false}",
           TYPE);
  jackfield_build(&b, sizeof result);
  result.tools = jackfield_build_list(&b, count, sizeof(jackfield_tool_entry));
  for (uint32_t i = 0; i < count; i++) {
    jackfield_tool_entry entry = {0};
    entry.name = jackfield_build_string(&b, names[i]);
    entry.description = jackfield_build_string(&b, FAULT(tool_without_description) ? "" : "Repeats a word.");
    entry.parameters = jackfield_build_string(&b, schema);
    entry.flags = JACKFIELD_TOOL_READ_ONLY;
    jackfield_build_set(&b, result.tools, i, &entry);
  }
  PLAN_RESULT(w, &b, &result);
}

static const member *find(const member *members, int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (members[i].name_size == strlen(name) && memcmp(members[i].name, name, strlen(name)) == 0) return &members[i];
  return NULL;
}

/* Is the argument there, and of this kind? If not, the error is planned. */
static int is_given(work *w, const member *argument, const char *name, char kind) {
  char message[120];
  if (argument == NULL && !FAULT(tool_guesses))
    snprintf(message, sizeof message, "the argument `%s` is missing", name);
  else if (argument != NULL && argument->kind != kind && !FAULT(tool_converts))
    snprintf(message, sizeof message, "the argument `%s` is not of the type that the schema says", name);
  else
    return 1;
  plan_error(w, JACKFIELD_INVALID_ARGUMENT, message);
  return 0;
}

static void call(work *w) {
  jackfield_tool_call request;
  member members[MEMBERS];
  jackfield_read(w->request, &request, sizeof request);
  jackfield_view name = jackfield_read_text(w->request, request.name);
  jackfield_view arguments = jackfield_read_text(w->request, request.arguments);
  if (!jackfield_equals(name, "repeat")) {
    plan_error(w, FAULT(tool_blames_arguments) ? JACKFIELD_INVALID_ARGUMENT : JACKFIELD_NOT_FOUND,
               "there is no such tool; there is `repeat`");
    return;
  }
  int count = json_members(arguments.data, arguments.size, members);
  if (count < 0 && !FAULT(tool_takes_any_text)) {
    plan_error(w, JACKFIELD_INVALID_ARGUMENT, "the arguments are not a JSON object");
    return;
  }
  const member *word = find(members, count, "word"), *times = find(members, count, "times");
  if (count >= 0 && (!is_given(w, word, "word", '"') || !is_given(w, times, "times", '0'))) return;
  for (int i = 0; i < count && !FAULT(tool_ignores); i++)
    if (&members[i] != word && &members[i] != times) {
      plan_error(w, JACKFIELD_INVALID_ARGUMENT, "there are only the arguments `word` and `times`");
      return;
    }
  long often = times && times->kind == '0' ? strtol(times->value, NULL, 10) : 1;
  if (often < 1 || often > 9) {
    plan_error(w, JACKFIELD_INVALID_ARGUMENT, "`times` is 1 to 9");
    return;
  }
  jackfield_builder b, text;
  jackfield_tool_result result = {0};
  memset(&text, 0, sizeof text);
  if (!FAULT(tool_writes_text)) jackfield_build_string(&text, "[");
  for (long i = 0; i < often; i++) {
    if (i > 0) jackfield_build_string(&text, ",");
    jackfield_build_text(&text, word ? word->value : "1", word ? word->size : 1);
  }
  jackfield_build_string(&text, FAULT(tool_writes_text) ? "!" : "]");
  jackfield_build(&b, sizeof result);
  result.content = jackfield_build_text(&b, text.bytes, text.size);
  jackfield_build_free(&text);
  PLAN_RESULT(w, &b, &result);
  pthread_mutex_lock(&w->self->lock);
  w->self->answered++;
  pthread_mutex_unlock(&w->self->lock);
}

void role_answer(work *w) {
  if (w->method == JACKFIELD_TOOL_LIST)
    list(w);
  else
    call(w);
}

void role_heard(work *w) { (void)w; }
