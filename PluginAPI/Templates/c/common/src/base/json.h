/*
 * JSON (RFC 8259): a reader into a tree, with a bound on depth, and a text that grows, to write JSON and URLs into.
 */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>
#include <stdint.h>

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

typedef struct json {
  enum json_kind kind;
  int is_integer;     /* written as a whole number that fits */
  int64_t integer;    /* that number; 1 for true */
  double number;
  char *text;         /* ends with NUL, and may hold one */
  size_t length;
  char *name;         /* of a member */
  struct json *first; /* element or member */
  struct json *next;  /* in the same array or object */
} json;

/* Arrays and objects may lie this deep in each other. */
#define JSON_DEPTH 128

/* Null if it is no JSON, or there is no memory: `*reason` says why. Free it with json_free. */
json *json_parse(const void *text, uint64_t size, const char **reason);
void json_free(json *value);

/* A member, the last of that name; null where there is none or this is no object. `object` may be null. */
const json *json_get(const json *object, const char *name);
/* A member's value, or what is given where it is of another kind. */
const char *json_text(const json *object, const char *name, const char *otherwise);
double json_number(const json *object, const char *name, double otherwise);
int64_t json_integer(const json *object, const char *name, int64_t otherwise);
int json_boolean(const json *object, const char *name, int otherwise);

/* A text that grows. Begin with {0}; what does not fit into memory sets `failed`. */
typedef struct text {
  char *data; /* from malloc; ends with NUL as soon as something was added */
  size_t size;
  size_t room;
  int failed;
} text;

void text_add(text *t, const char *string);
void text_add_bytes(text *t, const void *bytes, size_t size);
/* Between quotation marks, escaped. */
void text_add_quoted(text *t, const void *bytes, size_t size);
/* Whole numbers below 2^53 without a point, others as the shortest text that reads back the same; null if not finite.
   */
void text_add_number(text *t, double number);
void text_add_integer(text *t, int64_t number);
void text_add_json(text *t, const json *value);
void text_free(text *t);

#endif
