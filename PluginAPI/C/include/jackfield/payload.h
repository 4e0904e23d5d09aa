/*
 * Payloads: how requests, events and results lie in memory.
 *
 * A payload is one buffer. At its start lies a fixed struct (one for each method and event, in the header of its role
 * or service), whose first field is its `size`. Text, bytes and lists lie behind it; the struct refers to them by their
 * distance from the start of the buffer. There is no pointer inside and nothing to parse, so a payload can be copied,
 * sent to another process and read where it lies.
 *
 *   - the buffer starts at an address divisible by 8 and has at most JACKFIELD_PAYLOAD_MAX bytes
 *   - scalars are little-endian; structs and list elements begin at offsets divisible by 8
 *   - references may not overlap; a reader need only refuse those that cover, added up, more than there is
 *   - text is UTF-8 without a terminating NUL; it may contain one
 *   - doubles are finite unless a comment says otherwise
 *
 * Numbers that come from a list (a kind, a severity, an action): a sender uses those that its receiver's revision knows.
 * Who meets another one answers a request with JACKFIELD_UNSUPPORTED or JACKFIELD_INVALID_ARGUMENT, and takes an event or
 * a result at its strictest (severity: critical, action: block) or leaves it out. Texts that a comment lists in quotes
 * (a role, a reason) are open: others may come, and are passed on as they are. "JSON object" in a comment is a promise of
 * the sender that no check of the payload looks into.
 *
 * Whoever gets a payload checks it first: jackfield_check (check.h) does that for every struct.
 */
#ifndef JACKFIELD_PAYLOAD_H
#define JACKFIELD_PAYLOAD_H

#include "abi.h"

#define JACKFIELD_PAYLOAD_MAX 0xffffffffull

/* `offset` 0: absent. Otherwise `length` bytes from there; an empty text has an offset and no length. */
typedef struct jackfield_text {
  uint32_t offset;
  uint32_t length;
} jackfield_text;

/* The same, for bytes that are not text. */
typedef struct jackfield_data {
  uint32_t offset;
  uint32_t length;
} jackfield_data;

/* `count` structs, `stride` bytes apart. The stride takes the place of each element's `size`. `count` 0: offset 0. */
typedef struct jackfield_list {
  uint32_t offset;
  uint32_t count;
  uint32_t stride;
  uint32_t reserved; /* zero */
} jackfield_list;

/* An element of a list of texts. */
typedef struct jackfield_item {
  jackfield_text text;
} jackfield_item;

/* Two texts: a header field, a label. */
typedef struct jackfield_pair {
  jackfield_text name;
  jackfield_text value;
} jackfield_pair;

/* The result of a method that has nothing to say. */
typedef struct jackfield_empty {
  uint32_t size;
  uint32_t reserved;
} jackfield_empty;

/* Who asks, and how the request is known in logs and traces. Travels with every call that the host starts. */
typedef struct jackfield_context {
  uint32_t size;
  uint32_t reserved;
  jackfield_text request_id;   /* the correlation id */
  jackfield_text trace_parent; /* W3C Trace Context `traceparent`, or absent */
  jackfield_text tenant;       /* whose data this is, or absent */
  jackfield_text user;         /* the authenticated identity, or absent */
  jackfield_text session;      /* the conversation, or absent */
} jackfield_context;

#endif
