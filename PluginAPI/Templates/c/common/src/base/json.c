/* Reading JSON. */
#include "json.h"

#include <jackfield/check.h>

#include <stdlib.h>
#include <string.h>

typedef struct reader {
  const char *at;
  const char *end;
  const char *reason;
} reader;

static json *read_value(reader *r, int left);

static json *fail(reader *r, const char *reason) {
  if (r->reason == NULL) r->reason = reason;
  return NULL;
}

static char peek(const reader *r) { return r->at < r->end ? *r->at : '\0'; }
static int is_digit(char c) { return c >= '0' && c <= '9'; }

static void skip_space(reader *r) {
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')) r->at++;
}

static json *make(reader *r, enum json_kind kind) {
  json *value = calloc(1, sizeof *value);
  if (value == NULL) return fail(r, "there is no memory");
  value->kind = kind;
  return value;
}

static json *word(reader *r, const char *letters, enum json_kind kind, int number) {
  size_t length = strlen(letters);
  if ((size_t)(r->end - r->at) < length || memcmp(r->at, letters, length) != 0) return fail(r, "there is no value");
  r->at += length;
  json *value = make(r, kind);
  if (value != NULL) value->integer = number;
  return value;
}

static json *read_number(reader *r) {
  const char *begin = r->at;
  int whole = 1;
  if (peek(r) == '-') r->at++;
  if (!is_digit(peek(r))) return fail(r, "there is no value");
  if (peek(r) == '0') {
    r->at++;
  } else {
    while (is_digit(peek(r))) r->at++;
  }
  if (peek(r) == '.') {
    whole = 0;
    r->at++;
    if (!is_digit(peek(r))) return fail(r, "a number ends with its point");
    while (is_digit(peek(r))) r->at++;
  }
  if (peek(r) == 'e' || peek(r) == 'E') {
    whole = 0;
    r->at++;
    if (peek(r) == '+' || peek(r) == '-') r->at++;
    if (!is_digit(peek(r))) return fail(r, "a number has no exponent");
    while (is_digit(peek(r))) r->at++;
  }
  size_t length = (size_t)(r->at - begin);
  char *copy = malloc(length + 1);
  json *value = make(r, JSON_NUMBER);
  if (copy == NULL || value == NULL) {
    free(copy);
    json_free(value);
    return fail(r, "there is no memory");
  }
  memcpy(copy, begin, length);
  copy[length] = 0;
  value->number = strtod(copy, NULL);
  if (whole && length < 19) {
    value->is_integer = 1;
    value->integer = strtoll(copy, NULL, 10);
  }
  free(copy);
  if (value->number - value->number == 0) return value;
  json_free(value);
  return fail(r, "a number is too large");
}

static int four(reader *r, uint32_t *value) {
  *value = 0;
  for (int i = 0; i < 4; i++, r->at++) {
    char c = peek(r);
    if (is_digit(c))
      *value = *value * 16 + (uint32_t)(c - '0');
    else if (c >= 'a' && c <= 'f')
      *value = *value * 16 + (uint32_t)(c - 'a') + 10;
    else if (c >= 'A' && c <= 'F')
      *value = *value * 16 + (uint32_t)(c - 'A') + 10;
    else
      return 0;
  }
  return 1;
}

/* The character of an escape, a pair of surrogates being one; a lone one is U+FFFD. */
static int read_scalar(reader *r, uint32_t *scalar) {
  uint32_t low;
  if (!four(r, scalar)) return 0;
  if (*scalar < 0xd800 || *scalar > 0xdfff) return 1;
  const char *before = r->at;
  if (*scalar <= 0xdbff && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
    r->at += 2;
    if (!four(r, &low)) return 0;
    if (low >= 0xdc00 && low <= 0xdfff) {
      *scalar = 0x10000 + ((*scalar - 0xd800) << 10) + (low - 0xdc00);
      return 1;
    }
    r->at = before;
  }
  *scalar = 0xfffd;
  return 1;
}

static char *put(char *out, uint32_t scalar) {
  if (scalar < 0x80) {
    *out++ = (char)scalar;
  } else if (scalar < 0x800) {
    *out++ = (char)(0xc0 | (scalar >> 6));
    *out++ = (char)(0x80 | (scalar & 0x3f));
  } else if (scalar < 0x10000) {
    *out++ = (char)(0xe0 | (scalar >> 12));
    *out++ = (char)(0x80 | ((scalar >> 6) & 0x3f));
    *out++ = (char)(0x80 | (scalar & 0x3f));
  } else {
    *out++ = (char)(0xf0 | (scalar >> 18));
    *out++ = (char)(0x80 | ((scalar >> 12) & 0x3f));
    *out++ = (char)(0x80 | ((scalar >> 6) & 0x3f));
    *out++ = (char)(0x80 | (scalar & 0x3f));
  }
  return out;
}

/* A text without its quotation marks. Never longer than it was written. */
static char *read_string(reader *r, size_t *length) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *close = ++r->at;
  while (close < r->end && *close != '"') close += *close == '\\' ? 2 : 1;
  if (close >= r->end) return fail(r, "a text has no end"), NULL;
  char *start = malloc((size_t)(close - r->at) + 1), *out = start;
  if (start == NULL) return fail(r, "there is no memory"), NULL;
  int is_good = 1;
  while (is_good && r->at < close) {
    char c = *r->at++;
    if (c != '\\') {
      is_good = (unsigned char)c >= 0x20;
      *out++ = c;
    } else if (*r->at == 'u') {
      uint32_t scalar = 0;
      r->at++;
      is_good = read_scalar(r, &scalar);
      if (is_good) out = put(out, scalar);
    } else {
      const char *escape = *r->at == 0 ? NULL : strchr(from, *r->at++);
      is_good = escape != NULL;
      if (is_good) *out++ = to[escape - from];
    }
  }
  if (!is_good) {
    free(start);
    return fail(r, "a text holds a control character or an unknown escape"), NULL;
  }
  r->at = close + 1;
  *out = 0;
  *length = (size_t)(out - start);
  return start;
}

static json *read_members(reader *r, int left, enum json_kind kind, char close) {
  if (left == 0) return fail(r, "the value is nested too deep");
  json *whole = make(r, kind), **end = whole == NULL ? NULL : &whole->first;
  if (whole == NULL) return NULL;
  r->at++;
  skip_space(r);
  if (peek(r) == close) {
    r->at++;
    return whole;
  }
  for (;;) {
    char *name = NULL;
    size_t length;
    skip_space(r);
    if (kind == JSON_OBJECT) {
      name = peek(r) == '"' ? read_string(r, &length) : NULL;
      skip_space(r);
      if (name == NULL || peek(r) != ':') {
        free(name);
        fail(r, "a member has no name, or lacks \":\"");
        break;
      }
      r->at++;
    }
    *end = read_value(r, left - 1);
    if (*end == NULL) {
      free(name);
      break;
    }
    (*end)->name = name;
    end = &(*end)->next;
    skip_space(r);
    if (peek(r) == close) {
      r->at++;
      return whole;
    }
    if (peek(r) != ',') {
      fail(r, "an array or object lacks \",\" or its end");
      break;
    }
    r->at++;
  }
  json_free(whole);
  return NULL;
}

static json *read_value(reader *r, int left) {
  skip_space(r);
  switch (peek(r)) {
    case '{': return read_members(r, left, JSON_OBJECT, '}');
    case '[': return read_members(r, left, JSON_ARRAY, ']');
    case 't': return word(r, "true", JSON_BOOLEAN, 1);
    case 'f': return word(r, "false", JSON_BOOLEAN, 0);
    case 'n': return word(r, "null", JSON_NULL, 0);
    case '"': {
      json *value = make(r, JSON_TEXT);
      if (value == NULL) return NULL;
      value->text = read_string(r, &value->length);
      if (value->text != NULL) return value;
      json_free(value);
      return NULL;
    }
    default: return read_number(r);
  }
}

json *json_parse(const void *bytes, uint64_t size, const char **reason) {
  static const char nothing[1] = "";
  reader r = {bytes == NULL ? nothing : bytes, NULL, NULL};
  r.end = r.at + (bytes == NULL ? 0 : size);
  json *value = NULL;
  if (!jackfield_is_utf8((const uint8_t *)r.at, (uint64_t)(r.end - r.at))) {
    fail(&r, "the text is not UTF-8");
  } else {
    value = read_value(&r, JSON_DEPTH);
    skip_space(&r);
    if (value != NULL && r.at < r.end) {
      json_free(value);
      value = fail(&r, "something follows the value");
    }
  }
  if (reason != NULL) *reason = r.reason;
  return value;
}

void json_free(json *value) {
  while (value != NULL) {
    json *next = value->next;
    json_free(value->first);
    free(value->text);
    free(value->name);
    free(value);
    value = next;
  }
}

const json *json_get(const json *object, const char *name) {
  const json *found = NULL;
  if (object == NULL || object->kind != JSON_OBJECT) return NULL;
  for (const json *member = object->first; member != NULL; member = member->next)
    if (strcmp(member->name, name) == 0) found = member;
  return found;
}

const char *json_text(const json *object, const char *name, const char *otherwise) {
  const json *member = json_get(object, name);
  return member != NULL && member->kind == JSON_TEXT ? member->text : otherwise;
}

double json_number(const json *object, const char *name, double otherwise) {
  const json *member = json_get(object, name);
  return member != NULL && member->kind == JSON_NUMBER ? member->number : otherwise;
}

int64_t json_integer(const json *object, const char *name, int64_t otherwise) {
  const json *member = json_get(object, name);
  if (member == NULL || member->kind != JSON_NUMBER) return otherwise;
  if (member->is_integer) return member->integer;
  double number = member->number;
  int is_whole = number > -9007199254740992.0 && number < 9007199254740992.0 && number == (double)(int64_t)number;
  return is_whole ? (int64_t)number : otherwise;
}

int json_boolean(const json *object, const char *name, int otherwise) {
  const json *member = json_get(object, name);
  return member != NULL && member->kind == JSON_BOOLEAN ? member->integer != 0 : otherwise;
}
