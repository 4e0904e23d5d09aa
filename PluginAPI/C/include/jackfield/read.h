/* Reading a payload that jackfield_check accepted. Nothing is copied but the struct; texts point into the buffer. */
#ifndef JACKFIELD_READ_H
#define JACKFIELD_READ_H

#include <string.h>

#include "payload.h"

/* The struct at the start. What an older sender did not know is zero; what a newer one added is left out. */
static inline void jackfield_read(jackfield_view payload, void *JACKFIELD_NONNULL into, uint32_t size) {
  uint32_t given = 0;
  memset(into, 0, size);
  if (payload.data == NULL || payload.size < 4) return;
  memcpy(&given, payload.data, 4);
  memcpy(into, payload.data, given < size ? given : size);
}

/* Element `index` of a list, below `list.count`. */
static inline void jackfield_read_element(jackfield_view payload, jackfield_list list, uint32_t index,
                                          void *JACKFIELD_NONNULL into, uint32_t size) {
  const uint8_t *bytes = (const uint8_t *)payload.data;
  memset(into, 0, size);
  memcpy(into, bytes + list.offset + (uint64_t)index * list.stride, list.stride < size ? list.stride : size);
}

/* Where a text lies; an absent one is empty, with null data. It does not end with NUL. */
static inline jackfield_view jackfield_read_text(jackfield_view payload, jackfield_text text) {
  jackfield_view view = {NULL, 0};
  if (text.offset == 0) return view;
  view.data = (const uint8_t *)payload.data + text.offset;
  view.size = text.length;
  return view;
}

static inline jackfield_view jackfield_read_data(jackfield_view payload, jackfield_data data) {
  jackfield_text text = {data.offset, data.length};
  return jackfield_read_text(payload, text);
}

/* Is a view this C string? */
static inline int jackfield_equals(jackfield_view view, const char *JACKFIELD_NONNULL text) {
  uint64_t n = strlen(text);
  return view.size == n && (n == 0 || memcmp(view.data, text, n) == 0);
}

#endif
