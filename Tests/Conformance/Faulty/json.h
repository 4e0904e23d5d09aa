/* As much of JSON (RFC 8259) as a tool needs: is a text one object, and what are its members? */
#ifndef JSON_H
#define JSON_H

#include <stdint.h>

enum { MEMBERS = 16 };

typedef struct member {
  const char *name; /* without its quotes, not unescaped */
  uint64_t name_size;
  char kind; /* '"', '{', '[', 't', 'f', 'n', or '0' for a number */
  const char *value;
  uint64_t size;
} member;

/* How many members there are, or -1 if the text is not one JSON object of at most MEMBERS members. */
int json_members(const char *text, uint64_t size, member *into);

#endif
