/* Texts that grow, and writing JSON into them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

void text_add_bytes(text *t, const void *bytes, size_t size) {
  if (t->failed) return;
  if (t->size + size + 1 > t->room) {
    size_t room = t->room * 2 > t->size + size + 1 ? t->room * 2 : t->size + size + 256;
    char *data = realloc(t->data, room);
    if (data == NULL) {
      t->failed = 1;
      return;
    }
    t->data = data;
    t->room = room;
  }
  if (size > 0) memcpy(t->data + t->size, bytes, size);
  t->size += size;
  t->data[t->size] = 0;
}

void text_add(text *t, const char *string) { text_add_bytes(t, string, strlen(string)); }

void text_add_quoted(text *t, const void *bytes, size_t size) {
  const char *characters = bytes;
  size_t plain = 0; /* from here on nothing was added yet */
  text_add(t, "\"");
  for (size_t i = 0; i < size; i++) {
    char c = characters[i], escaped[8];
    if (c != '"' && c != '\\' && (unsigned char)c >= 0x20) continue;
    if (c == '"' || c == '\\')
      snprintf(escaped, sizeof escaped, "\\%c", c);
    else if (c == '\n' || c == '\r' || c == '\t')
      snprintf(escaped, sizeof escaped, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
    else
      snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)(unsigned char)c);
    if (i > plain) text_add_bytes(t, characters + plain, i - plain);
    text_add(t, escaped);
    plain = i + 1;
  }
  if (size > plain) text_add_bytes(t, characters + plain, size - plain);
  text_add(t, "\"");
}

void text_add_integer(text *t, int64_t number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%lld", (long long)number);
  text_add(t, digits);
}

void text_add_number(text *t, double number) {
  char digits[40];
  if (!isfinite(number)) {
    text_add(t, "null");
  } else if (number == floor(number) && fabs(number) < 9007199254740992.0) {
    text_add_integer(t, (int64_t)number);
  } else {
    for (int precision = 1; precision <= 17; precision++) {
      snprintf(digits, sizeof digits, "%.*g", precision, number);
      if (strtod(digits, NULL) == number) break;
    }
    text_add(t, digits);
  }
}

void text_add_json(text *t, const json *value) {
  switch (value->kind) {
    case JSON_NULL: text_add(t, "null"); return;
    case JSON_BOOLEAN: text_add(t, value->integer ? "true" : "false"); return;
    case JSON_TEXT: text_add_quoted(t, value->text, value->length); return;
    case JSON_NUMBER:
      if (value->is_integer)
        text_add_integer(t, value->integer);
      else
        text_add_number(t, value->number);
      return;
    default: break;
  }
  text_add(t, value->kind == JSON_ARRAY ? "[" : "{");
  for (const json *member = value->first; member != NULL; member = member->next) {
    if (member != value->first) text_add(t, ",");
    if (value->kind == JSON_OBJECT) {
      text_add_quoted(t, member->name, strlen(member->name));
      text_add(t, ":");
    }
    text_add_json(t, member);
  }
  text_add(t, value->kind == JSON_ARRAY ? "]" : "}");
}

void text_free(text *t) {
  free(t->data);
  memset(t, 0, sizeof *t);
}
