/*
 * Layout tables: what a payload's struct consists of, as data, so that one function can check all of them and one can
 * print them. The tables themselves are in layouts.h.
 */
#ifndef JACKFIELD_LAYOUT_H
#define JACKFIELD_LAYOUT_H

#include "payload.h"

#define JACKFIELD_KIND_U32 1u
#define JACKFIELD_KIND_U64 2u
#define JACKFIELD_KIND_I32 3u
#define JACKFIELD_KIND_I64 4u
#define JACKFIELD_KIND_F64 5u
#define JACKFIELD_KIND_TEXT 6u
#define JACKFIELD_KIND_DATA 7u
#define JACKFIELD_KIND_LIST 8u
#define JACKFIELD_KIND_ZERO 9u /* uint32_t reserved: zero */

typedef struct jackfield_field {
  const char *JACKFIELD_NONNULL name;
  uint32_t offset;
  uint32_t kind;
  const struct jackfield_layout *JACKFIELD_NULLABLE element; /* of a list */
} jackfield_field;

typedef struct jackfield_layout {
  const char *JACKFIELD_NONNULL name;
  uint32_t size;    /* as this header knows it */
  uint32_t least;   /* as the first release knew it: a smaller one is malformed */
  uint32_t headed;  /* 1: begins with its own `size`; 0: a list element, sized by its list's stride */
  uint32_t count;
  const jackfield_field *JACKFIELD_NONNULL fields;
} jackfield_layout;

/* A method or event, and what its payloads look like. */
typedef struct jackfield_event_contract {
  uint32_t event;
  uint32_t reserved;
  const char *JACKFIELD_NONNULL name;
  const jackfield_layout *JACKFIELD_NONNULL payload;
} jackfield_event_contract;

typedef struct jackfield_method_contract {
  uint32_t method;
  uint32_t event_count;
  const char *JACKFIELD_NONNULL name;
  const jackfield_layout *JACKFIELD_NONNULL request;
  const jackfield_layout *JACKFIELD_NONNULL result;
  const jackfield_event_contract *JACKFIELD_NULLABLE events;
} jackfield_method_contract;

/* A role or service of one revision. */
typedef struct jackfield_contract {
  const char *JACKFIELD_NONNULL id;
  uint32_t revision;
  uint32_t method_count;
  const jackfield_method_contract *JACKFIELD_NONNULL methods;
} jackfield_contract;

#endif
