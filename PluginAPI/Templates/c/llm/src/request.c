#include "request.h"

static void add_text(text *out, const char *before, jackfield_view request, jackfield_text field) {
  jackfield_view view = jackfield_read_text(request, field);
  text_add(out, before);
  text_add_quoted(out, view.data, view.size);
}

static void add_present(text *out, const char *before, jackfield_view request, jackfield_text field) {
  if (field.length) add_text(out, before, request, field);
}

/* JSON that the client wrote, as it is. Answers 0 if it is none. */
static int add_foreign(text *out, const char *before, jackfield_view request, jackfield_text field) {
  jackfield_view view = jackfield_read_text(request, field);
  if (view.size == 0) return 1;
  json *value = json_parse(view.data, view.size, NULL);
  if (value == NULL) return 0;
  text_add(out, before);
  text_add_json(out, value);
  json_free(value);
  return 1;
}

/* The members of an object that the client wrote, each behind a comma, unless `written`, an object without its end, has
   them. Answers 0 if it is no object. */
static int add_extra(text *out, size_t begin, jackfield_view request, jackfield_text field) {
  jackfield_view view = jackfield_read_text(request, field);
  if (view.size == 0) return 1;
  text whole = {0};
  text_add_bytes(&whole, out->data + begin, out->size - begin);
  text_add(&whole, "}");
  json *written = whole.failed ? NULL : json_parse(whole.data, whole.size, NULL);
  json *extra = json_parse(view.data, view.size, NULL);
  int is_object = extra != NULL && extra->kind == JSON_OBJECT;
  for (const json *member = is_object ? extra->first : NULL; member != NULL; member = member->next) {
    if (json_get(written, member->name) != NULL || json_get(extra, member->name) != member) continue;
    text_add(out, ",");
    text_add_quoted(out, member->name, strlen(member->name));
    text_add(out, ":");
    text_add_json(out, member);
  }
  json_free(written);
  json_free(extra);
  text_free(&whole);
  return is_object;
}

static void add_base64(text *out, jackfield_view data) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const uint8_t *bytes = data.data;
  for (uint64_t i = 0; i < data.size; i += 3) {
    uint32_t three = 0, count = data.size - i < 3 ? (uint32_t)(data.size - i) : 3;
    char four[4];
    for (uint32_t k = 0; k < 3; k++) three = three << 8 | (k < count ? bytes[i + k] : 0u);
    for (uint32_t k = 0; k < 4; k++) four[k] = k <= count ? digits[three >> (18 - 6 * k) & 63] : '=';
    text_add_bytes(out, four, sizeof four);
  }
}

static int add_part(text *out, jackfield_view request, const jackfield_llm_part *part) {
  size_t begin = out->size;
  if (part->kind == JACKFIELD_LLM_PART_OTHER) return add_foreign(out, "", request, part->text);
  if (part->kind == JACKFIELD_LLM_PART_IMAGE_URL || part->kind == JACKFIELD_LLM_PART_IMAGE) {
    text_add(out, "{\"type\":\"image_url\",\"image_url\":{\"url\":");
    if (part->kind == JACKFIELD_LLM_PART_IMAGE_URL) {
      add_text(out, "", request, part->url);
    } else {
      jackfield_view type = jackfield_read_text(request, part->media_type);
      text_add(out, "\"data:");
      text_add_bytes(out, type.data, type.size);
      text_add(out, ";base64,");
      add_base64(out, jackfield_read_data(request, part->data));
      text_add(out, "\"");
    }
    add_present(out, ",\"detail\":", request, part->detail);
    text_add(out, "}");
  } else {
    add_text(out, "{\"type\":\"text\",\"text\":", request, part->text);
  }
  int is_good = add_extra(out, begin, request, part->extra);
  text_add(out, "}");
  return is_good;
}

/* One text where all parts are texts, else a list of parts. */
static int add_content(text *out, jackfield_view request, const jackfield_llm_message *message, uint64_t *prompt) {
  int is_text = 1, is_good = 1;
  jackfield_llm_part part;
  text whole = {0};
  for (uint32_t i = 0; i < message->parts.count; i++) {
    jackfield_read_element(request, message->parts, i, &part, sizeof part);
    jackfield_view view = jackfield_read_text(request, part.text);
    is_text &= part.kind == JACKFIELD_LLM_PART_TEXT || part.kind == JACKFIELD_LLM_PART_DATA;
    text_add(&whole, i ? "\n" : "");
    text_add_bytes(&whole, view.data, view.size);
    *prompt += view.size;
  }
  if (message->parts.count == 0 && message->calls.count != 0) {
    text_add(out, "null");
  } else if (is_text) {
    text_add_quoted(out, whole.data, whole.size);
  } else {
    for (uint32_t i = 0; i < message->parts.count; i++) {
      text_add(out, i ? "," : "[");
      jackfield_read_element(request, message->parts, i, &part, sizeof part);
      is_good &= add_part(out, request, &part);
    }
    text_add(out, "]");
  }
  text_free(&whole);
  return is_good;
}

static int add_message(text *out, jackfield_view request, const jackfield_llm_message *message, uint64_t *prompt) {
  size_t begin = out->size;
  add_text(out, "{\"role\":", request, message->role);
  text_add(out, ",\"content\":");
  int is_good = add_content(out, request, message, prompt);
  add_present(out, ",\"name\":", request, message->name);
  add_present(out, ",\"tool_call_id\":", request, message->tool_call_id);
  for (uint32_t i = 0; i < message->calls.count; i++) {
    jackfield_llm_call use;
    jackfield_read_element(request, message->calls, i, &use, sizeof use);
    text_add(out, i ? "," : ",\"tool_calls\":[");
    add_text(out, "{\"id\":", request, use.id);
    add_text(out, ",\"type\":\"function\",\"function\":{\"name\":", request, use.name);
    add_text(out, ",\"arguments\":", request, use.arguments);
    text_add(out, "}}");
  }
  if (message->calls.count) text_add(out, "]");
  is_good &= add_extra(out, begin, request, message->extra);
  text_add(out, "}");
  return is_good;
}

static int add_tool(text *out, jackfield_view request, const jackfield_llm_tool *tool) {
  text_add(out, "{\"type\":\"function\",\"function\":");
  size_t begin = out->size;
  add_text(out, "{\"name\":", request, tool->name);
  add_present(out, ",\"description\":", request, tool->description);
  int is_good = add_foreign(out, ",\"parameters\":", request, tool->parameters);
  if (tool->strict) text_add(out, tool->strict == 1 ? ",\"strict\":true" : ",\"strict\":false");
  is_good &= add_extra(out, begin, request, tool->extra);
  text_add(out, "}}");
  return is_good;
}

static void add_number(text *out, const char *before, uint32_t present, uint32_t bit, double number) {
  if (!(present & bit)) return;
  text_add(out, before);
  text_add_number(out, number);
}

static void add_scalars(text *out, const jackfield_llm_complete *r) {
  add_number(out, ",\"temperature\":", r->present, JACKFIELD_LLM_HAS_TEMPERATURE, r->temperature);
  add_number(out, ",\"top_p\":", r->present, JACKFIELD_LLM_HAS_TOP_P, r->top_p);
  add_number(out, ",\"frequency_penalty\":", r->present, JACKFIELD_LLM_HAS_FREQUENCY_PENALTY, r->frequency_penalty);
  add_number(out, ",\"presence_penalty\":", r->present, JACKFIELD_LLM_HAS_PRESENCE_PENALTY, r->presence_penalty);
  if (r->present & JACKFIELD_LLM_HAS_SEED) {
    text_add(out, ",\"seed\":");
    text_add_integer(out, r->seed);
  }
  add_number(out, ",\"max_tokens\":", r->present, JACKFIELD_LLM_HAS_MAX_TOKENS, r->max_tokens);
  add_number(out, ",\"n\":", r->present, JACKFIELD_LLM_HAS_CHOICES, r->choices);
  if (r->flags & JACKFIELD_LLM_LOGPROBS) text_add(out, ",\"logprobs\":true");
  add_number(out, ",\"top_logprobs\":", r->present, JACKFIELD_LLM_HAS_TOP_LOGPROBS, r->top_logprobs);
  if (r->present & JACKFIELD_LLM_HAS_PARALLEL_CALLS)
    text_add(out, r->flags & JACKFIELD_LLM_PARALLEL_CALLS ? ",\"parallel_tool_calls\":true"
                                                          : ",\"parallel_tool_calls\":false");
}

const char *write_request(text *out, jackfield_view request, uint64_t *prompt) {
  jackfield_llm_complete r;
  int is_good = 1;
  *prompt = 0;
  jackfield_read(request, &r, sizeof r);
  add_text(out, "{\"model\":", request, r.model);
  text_add(out, ",\"messages\":[");
  for (uint32_t i = 0; i < r.messages.count; i++) {
    jackfield_llm_message message;
    jackfield_read_element(request, r.messages, i, &message, sizeof message);
    text_add(out, i ? "," : "");
    is_good &= add_message(out, request, &message, prompt);
  }
  if (!is_good) return "a message";
  text_add(out, "],\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  add_scalars(out, &r);
  for (uint32_t i = 0; i < r.tools.count; i++) {
    jackfield_llm_tool tool;
    jackfield_read_element(request, r.tools, i, &tool, sizeof tool);
    text_add(out, i ? "," : ",\"tools\":[");
    if (!add_tool(out, request, &tool)) return "a tool";
  }
  if (r.tools.count) text_add(out, "]");
  if (!add_foreign(out, ",\"tool_choice\":", request, r.tool_choice)) return "tool_choice";
  if (!add_foreign(out, ",\"response_format\":", request, r.response_format)) return "response_format";
  for (uint32_t i = 0; i < r.stop.count; i++) {
    jackfield_item item;
    jackfield_read_element(request, r.stop, i, &item, sizeof item);
    add_text(out, i ? "," : ",\"stop\":[", request, item.text);
  }
  if (r.stop.count) text_add(out, "]");
  add_present(out, ",\"user\":", request, r.user);
  if (!add_extra(out, 0, request, r.extra)) return "extra";
  text_add(out, "}");
  return NULL;
}
