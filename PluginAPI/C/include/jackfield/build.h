/*
 * Building a payload.
 *
 *   jackfield_builder b;
 *   jackfield_agent_text event = {0};
 *   jackfield_build(&b, sizeof event);
 *   event.text = jackfield_build_string(&b, "all is well");
 *   host->emit(host->instance, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
 *   jackfield_build_free(&b);
 *
 * Memory that runs out is remembered: jackfield_built then answers an empty view, which every reader refuses.
 */
#ifndef JACKFIELD_BUILD_H
#define JACKFIELD_BUILD_H

#include <stdlib.h>
#include <string.h>

#include "payload.h"

typedef struct jackfield_builder {
  uint8_t *JACKFIELD_NULLABLE bytes; /* from malloc */
  uint64_t size;
  uint64_t capacity;
  int failed;
} jackfield_builder;

/* Room for `more` bytes at a multiple of `align`; their offset, or 0 if there is none. */
static inline uint32_t jackfield_build_reserve(jackfield_builder *JACKFIELD_NONNULL b, uint64_t more, uint64_t align) {
  uint64_t at = (b->size + align - 1) / align * align;
  if (b->failed || more > JACKFIELD_PAYLOAD_MAX || at + more > JACKFIELD_PAYLOAD_MAX) {
    b->failed = 1;
    return 0;
  }
  if (at + more > b->capacity) {
    uint64_t capacity = b->capacity * 2 > at + more ? b->capacity * 2 : at + more + 248;
    uint8_t *bytes = (uint8_t *)realloc(b->bytes, capacity);
    if (bytes == NULL) {
      b->failed = 1;
      return 0;
    }
    b->bytes = bytes;
    b->capacity = capacity;
  }
  memset(b->bytes + b->size, 0, at - b->size);
  b->size = at + more;
  return (uint32_t)at;
}

/* Begin, with the size of the struct that will stand at the start. */
static inline void jackfield_build(jackfield_builder *JACKFIELD_NONNULL b, uint32_t size) {
  memset(b, 0, sizeof *b);
  jackfield_build_reserve(b, size, 8);
}

static inline jackfield_text jackfield_build_text(jackfield_builder *JACKFIELD_NONNULL b,
                                                  const void *JACKFIELD_NULLABLE data, uint64_t size) {
  jackfield_text text = {0, 0};
  uint32_t at = jackfield_build_reserve(b, size, 1);
  if (b->failed) return text;
  if (size) memcpy(b->bytes + at, data, size);
  text.offset = at;
  text.length = (uint32_t)size;
  return text;
}

static inline jackfield_text jackfield_build_string(jackfield_builder *JACKFIELD_NONNULL b,
                                                    const char *JACKFIELD_NONNULL string) {
  return jackfield_build_text(b, string, strlen(string));
}

static inline jackfield_data jackfield_build_data(jackfield_builder *JACKFIELD_NONNULL b,
                                                  const void *JACKFIELD_NULLABLE data, uint64_t size) {
  jackfield_text text = jackfield_build_text(b, data, size);
  jackfield_data result = {text.offset, text.length};
  return result;
}

/* Room for `count` elements, zeroed; fill them in with jackfield_build_set. */
static inline jackfield_list jackfield_build_list(jackfield_builder *JACKFIELD_NONNULL b, uint32_t count,
                                                  uint32_t stride) {
  jackfield_list list = {0, 0, 0, 0};
  if (count == 0) return list;
  uint32_t at = jackfield_build_reserve(b, (uint64_t)count * stride, 8);
  if (b->failed) return list;
  memset(b->bytes + at, 0, (uint64_t)count * stride);
  list.offset = at;
  list.count = count;
  list.stride = stride;
  return list;
}

static inline void jackfield_build_set(jackfield_builder *JACKFIELD_NONNULL b, jackfield_list list, uint32_t index,
                                       const void *JACKFIELD_NONNULL element) {
  if (b->failed || index >= list.count) return;
  memcpy(b->bytes + list.offset + (uint64_t)index * list.stride, element, list.stride);
}

/* Write the struct, with its size, to the start. The view is valid until the builder changes. */
static inline jackfield_view jackfield_built_sized(jackfield_builder *JACKFIELD_NONNULL b,
                                                   const void *JACKFIELD_NONNULL head, uint32_t size) {
  jackfield_view view = {NULL, 0};
  if (b->failed || b->size < size) return view;
  memcpy(b->bytes, head, size);
  memcpy(b->bytes, &size, sizeof size);
  view.data = b->bytes;
  view.size = b->size;
  return view;
}
#define jackfield_built(builder, head) jackfield_built_sized((builder), (head), (uint32_t)sizeof *(head))

static inline void jackfield_build_free(jackfield_builder *JACKFIELD_NONNULL b) {
  free(b->bytes);
  memset(b, 0, sizeof *b);
}

#endif
