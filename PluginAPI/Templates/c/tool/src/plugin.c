/* @ID@: two tools about units. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"

/* A unit, and how a value in it becomes one in the first unit of its kind: value * factor + offset. */
typedef struct unit {
  const char *name;
  const char *kind;
  double factor;
  double offset;
} unit;

static const unit units[] = {
    {"m", "length", 1, 0},         {"km", "length", 1000, 0},          {"cm", "length", 0.01, 0},
    {"mm", "length", 0.001, 0},    {"in", "length", 0.0254, 0},        {"ft", "length", 0.3048, 0},
    {"mi", "length", 1609.344, 0}, {"kg", "mass", 1, 0},               {"g", "mass", 0.001, 0},
    {"lb", "mass", 0.45359237, 0}, {"oz", "mass", 0.028349523125, 0},  {"C", "temperature", 1, 0},
    {"F", "temperature", 5.0 / 9.0, -160.0 / 9.0}, {"K", "temperature", 1, -273.15},
};
static const char *const kinds[] = {"length", "mass", "temperature"};

typedef struct state {
  double scale; /* 10 to the number of decimals */
} state;

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  state *s = malloc(sizeof *s);
  if (s == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
  s->scale = pow(10, (double)json_integer(config, "decimals", 6));
  *made = s;
  return JACKFIELD_OK;
}

void plugin_release(void *made) { free(made); }

/* The units of one kind, or all, as a JSON array or for people. */
static void add_units(text *out, const char *kind, int is_json) {
  int is_first = 1;
  text_add(out, is_json ? "[" : "");
  for (uint32_t i = 0; i < JACKFIELD_COUNT(units); i++) {
    if (kind != NULL && strcmp(kind, units[i].kind) != 0) continue;
    text_add(out, is_first ? "" : is_json ? "," : ", ");
    text_add(out, is_json ? "\"" : "");
    text_add(out, units[i].name);
    text_add(out, is_json ? "\"" : "");
    is_first = 0;
  }
  text_add(out, is_json ? "]" : "");
}

/* ---- list ---- */

static void list(call *c) {
  static const char units_parameters[] =
      "{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\","
      "\"enum\":[\"length\",\"mass\",\"temperature\"]}},\"additionalProperties\":false}";
  static const char convert_result[] =
      "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"number\"},\"unit\":{\"type\":\"string\"}},"
      "\"required\":[\"value\",\"unit\"]}";
  jackfield_builder b;
  jackfield_tool_list_result result = {0};
  jackfield_tool_entry entry = {0};
  text parameters = {0};
  text_add(&parameters,
           "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"number\"},"
           "\"from\":{\"type\":\"string\",\"enum\":");
  add_units(&parameters, NULL, 1);
  text_add(&parameters, "},\"to\":{\"type\":\"string\",\"enum\":");
  add_units(&parameters, NULL, 1);
  text_add(&parameters, "}},\"required\":[\"value\",\"from\",\"to\"],\"additionalProperties\":false}");
  if (parameters.failed) {
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the list");
    text_free(&parameters);
    return;
  }
  jackfield_build(&b, sizeof result);
  result.tools = jackfield_build_list(&b, 2, sizeof entry);
  entry.name = jackfield_build_string(&b, "convert");
  entry.description = jackfield_build_string(&b, "Converts a value from one unit to another of the same kind.");
  entry.parameters = jackfield_build_text(&b, parameters.data, parameters.size);
  entry.result = jackfield_build_string(&b, convert_result);
  entry.flags = JACKFIELD_TOOL_READ_ONLY | JACKFIELD_TOOL_IDEMPOTENT;
  jackfield_build_set(&b, result.tools, 0, &entry);
  memset(&entry.result, 0, sizeof entry.result);
  entry.name = jackfield_build_string(&b, "units");
  entry.description = jackfield_build_string(&b, "Lists the units of one kind, or all of them.");
  entry.parameters = jackfield_build_string(&b, units_parameters);
  jackfield_build_set(&b, result.tools, 1, &entry);
  call_finish(c, &b, &result);
  text_free(&parameters);
}

/* ---- call ---- */

static void answer(call *c, text *content, uint32_t flags) {
  jackfield_builder b;
  jackfield_tool_result result = {0};
  if (content->failed) {
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the answer");
    return;
  }
  jackfield_build(&b, sizeof result);
  result.flags = flags;
  result.content = jackfield_build_text(&b, content->data, content->size);
  call_finish(c, &b, &result);
}

/* Has the object no other members than these? Otherwise the call is ended, and a model reads why. */
static int has_only(call *c, const json *arguments, const char *const *allowed, uint32_t count) {
  for (const json *member = arguments->first; member != NULL; member = member->next) {
    uint32_t i = 0;
    while (i < count && strcmp(member->name, allowed[i]) != 0) i++;
    if (i < count) continue;
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "%s: there is no such argument", member->name);
    return 0;
  }
  return 1;
}

static const unit *unit_of(call *c, const json *arguments, const char *name) {
  const json *given = json_get(arguments, name);
  text known = {0};
  if (given == NULL || given->kind != JSON_TEXT) {
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "%s: a unit is needed here, as a text", name);
    return NULL;
  }
  for (uint32_t i = 0; i < JACKFIELD_COUNT(units); i++)
    if (strcmp(given->text, units[i].name) == 0) return &units[i];
  add_units(&known, NULL, 0);
  call_fail(c, JACKFIELD_INVALID_ARGUMENT, "%s: \"%.100s\" is none of %s", name, given->text,
            known.data == NULL ? "" : known.data);
  text_free(&known);
  return NULL;
}

static void convert(call *c, const json *arguments) {
  static const char *const allowed[] = {"value", "from", "to"};
  const state *s = call_state(c);
  const json *value = json_get(arguments, "value");
  if (!has_only(c, arguments, allowed, JACKFIELD_COUNT(allowed))) return;
  if (value == NULL || value->kind != JSON_NUMBER) {
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "value: a number is needed here");
    return;
  }
  const unit *from = unit_of(c, arguments, "from");
  const unit *to = from == NULL ? NULL : unit_of(c, arguments, "to");
  if (to == NULL) return;
  text content = {0};
  if (strcmp(from->kind, to->kind) != 0) {
    /* The tool ran and says why it has no answer: for the model to read. */
    const char *const parts[] = {"{\"error\":\"cannot convert ", from->name, " to ", to->name, ": ", from->kind,
                                 " is not ", to->kind, "\"}"};
    for (uint32_t i = 0; i < JACKFIELD_COUNT(parts); i++) text_add(&content, parts[i]);
    answer(c, &content, JACKFIELD_TOOL_FAILED);
  } else {
    double converted =
        from == to ? value->number : (value->number * from->factor + from->offset - to->offset) / to->factor;
    double shifted = round(converted * s->scale);
    /* Beyond 2^53 there are no digits left to round. */
    double rounded = fabs(shifted) < 9007199254740992.0 ? shifted / s->scale : converted;
    text_add(&content, "{\"value\":");
    text_add_number(&content, rounded);
    text_add(&content, ",\"unit\":\"");
    text_add(&content, to->name);
    text_add(&content, "\"}");
    answer(c, &content, 0);
  }
  text_free(&content);
}

static void list_units(call *c, const json *arguments) {
  static const char *const allowed[] = {"kind"};
  const json *wanted = json_get(arguments, "kind");
  text content = {0};
  int found = 0;
  if (!has_only(c, arguments, allowed, JACKFIELD_COUNT(allowed))) return;
  text_add(&content, "{");
  for (uint32_t i = 0; i < JACKFIELD_COUNT(kinds); i++) {
    if (wanted != NULL && (wanted->kind != JSON_TEXT || strcmp(wanted->text, kinds[i]) != 0)) continue;
    text_add(&content, found++ ? "," : "");
    text_add_quoted(&content, kinds[i], strlen(kinds[i]));
    text_add(&content, ":");
    add_units(&content, kinds[i], 1);
  }
  text_add(&content, "}");
  if (found)
    answer(c, &content, 0);
  else
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "kind: it must be one of length, mass, temperature");
  text_free(&content);
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  jackfield_tool_call use;
  const char *reason = NULL;
  if (method == JACKFIELD_TOOL_LIST) {
    list(c);
    return;
  }
  jackfield_read(request, &use, sizeof use);
  jackfield_view name = jackfield_read_text(request, use.name);
  jackfield_view given = jackfield_read_text(request, use.arguments);
  if (!jackfield_equals(name, "convert") && !jackfield_equals(name, "units")) {
    call_fail(c, JACKFIELD_NOT_FOUND, "there is no such tool, only convert and units");
    return;
  }
  json *arguments = json_parse(given.data, given.size, &reason);
  if (arguments == NULL)
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "the arguments are not JSON: %s", reason);
  else if (arguments->kind != JSON_OBJECT)
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "the arguments must be a JSON object");
  else if (jackfield_equals(name, "convert"))
    convert(c, arguments);
  else
    list_units(c, arguments);
  json_free(arguments);
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_TOOL};
static const jackfield_interface *const roles[] = {&role};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .role_count = 1,
    .roles = roles,
    .create = base_create,
    .open = base_open,
    .drain = base_drain,
    .close = base_close,
    .destroy = base_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin_descriptor; }
