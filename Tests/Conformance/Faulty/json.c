/* A reader that goes over the text once and copies nothing. */
#include "json.h"

#include <string.h>

typedef struct reader {
  const char *at, *end;
  int depth;
} reader;

static int value(reader *r, member *into);

static void space(reader *r) {
  while (r->at < r->end && strchr(" \t\r\n", *r->at) && *r->at) r->at++;
}

static int take(reader *r, char c) {
  space(r);
  if (r->at == r->end || *r->at != c) return 0;
  r->at++;
  return 1;
}

static int string(reader *r) {
  if (!take(r, '"')) return 0;
  while (r->at < r->end && *r->at != '"') {
    if ((unsigned char)*r->at < 0x20) return 0;
    if (*r->at++ != '\\') continue;
    if (r->at == r->end || !*r->at || !strchr("\"\\/bfnrtu", *r->at)) return 0;
    if (*r->at++ == 'u') {
      for (int i = 0; i < 4; i++, r->at++)
        if (r->at == r->end || !*r->at || !strchr("0123456789abcdefABCDEF", *r->at)) return 0;
    }
  }
  return take(r, '"');
}

static int digits(reader *r) {
  const char *from = r->at;
  while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;
  return r->at > from;
}

static int number(reader *r) {
  if (r->at < r->end && *r->at == '-') r->at++;
  if (r->at < r->end && *r->at == '0')
    r->at++;
  else if (!digits(r))
    return 0;
  if (r->at < r->end && *r->at == '.') {
    r->at++;
    if (!digits(r)) return 0;
  }
  if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
    r->at++;
    if (r->at < r->end && (*r->at == '+' || *r->at == '-')) r->at++;
    if (!digits(r)) return 0;
  }
  return 1;
}

static int word(reader *r, const char *wanted) {
  uint64_t size = strlen(wanted);
  if ((uint64_t)(r->end - r->at) < size || memcmp(r->at, wanted, size) != 0) return 0;
  r->at += size;
  return 1;
}

/* An object; its members, as far as there is room, or null. Answers how many, or -1. */
static int object(reader *r, member *into) {
  int count = 0;
  if (!take(r, '{')) return -1;
  if (take(r, '}')) return 0;
  do {
    member one;
    space(r);
    one.name = r->at + 1;
    if (!string(r)) return -1;
    one.name_size = (uint64_t)(r->at - 1 - one.name);
    if (!take(r, ':') || !value(r, &one)) return -1;
    if (into != NULL && count == MEMBERS) return -1;
    if (into != NULL) into[count] = one;
    count++;
  } while (take(r, ','));
  return take(r, '}') ? count : -1;
}

static int array(reader *r) {
  member one;
  if (!take(r, '[')) return 0;
  if (take(r, ']')) return 1;
  do
    if (!value(r, &one)) return 0;
  while (take(r, ','));
  return take(r, ']');
}

static int value(reader *r, member *into) {
  space(r);
  if (r->at == r->end || r->depth == 32) return 0;
  r->depth++;
  into->value = r->at;
  into->kind = *r->at == '-' || (*r->at >= '0' && *r->at <= '9') ? '0' : *r->at;
  int is_right = into->kind == '"'   ? string(r)
                 : into->kind == '{' ? object(r, NULL) >= 0
                 : into->kind == '[' ? array(r)
                 : into->kind == 't' ? word(r, "true")
                 : into->kind == 'f' ? word(r, "false")
                 : into->kind == 'n' ? word(r, "null")
                                     : number(r);
  into->size = (uint64_t)(r->at - into->value);
  r->depth--;
  return is_right;
}

int json_members(const char *text, uint64_t size, member *into) {
  reader r = {text, text + size, 0};
  if (size == 0) return -1;
  int count = object(&r, into);
  space(&r);
  return r.at == r.end ? count : -1;
}
