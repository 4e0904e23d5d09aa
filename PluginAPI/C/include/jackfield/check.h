/*
 * jackfield_check: is this buffer a well-formed payload of that layout? Reads nothing outside the buffer, takes time
 * in proportion to its size, and allocates nothing. After JACKFIELD_FAULT_NONE every reference may be followed.
 */
#ifndef JACKFIELD_CHECK_H
#define JACKFIELD_CHECK_H

#include <string.h>

#include "layout.h"

#define JACKFIELD_FAULT_NONE 0u
#define JACKFIELD_FAULT_ALIGNMENT 1u /* the buffer, a list or an element is not at a multiple of 8 */
#define JACKFIELD_FAULT_SIZE 2u      /* shorter than its struct says, or than the struct ever was, or ends in a field */
#define JACKFIELD_FAULT_UNKNOWN 3u   /* a longer struct, with something in the part that is not known here */
#define JACKFIELD_FAULT_RANGE 4u     /* a reference leaves the buffer or points into the struct */
#define JACKFIELD_FAULT_OVERLAP 5u   /* the references cover more than there is */
#define JACKFIELD_FAULT_STRIDE 6u    /* a list's elements are smaller than their struct ever was */
#define JACKFIELD_FAULT_TEXT 7u      /* a text is not UTF-8 */
#define JACKFIELD_FAULT_RESERVED 8u  /* a reserved field is not zero */

typedef struct jackfield_fault {
  uint32_t kind;
  uint32_t offset;                            /* in the buffer, of the struct in which the fault is */
  const char *JACKFIELD_NULLABLE layout;      /* of that struct */
  const char *JACKFIELD_NULLABLE field;       /* where it is one field's fault */
} jackfield_fault;

/* Well-formed UTF-8 as in Unicode 15, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF. */
static inline int jackfield_is_utf8(const uint8_t *JACKFIELD_NONNULL s, uint64_t n) {
  uint64_t i = 0;
  while (i < n) {
    if (n - i >= 8) { /* most text is ASCII: eight at a time */
      uint64_t eight;
      memcpy(&eight, s + i, 8);
      if (!(eight & 0x8080808080808080ull)) {
        i += 8;
        continue;
      }
    }
    uint8_t a = s[i];
    if (a < 0x80) {
      i += 1;
      continue;
    }
    uint32_t more;
    uint8_t low = 0x80, high = 0xbf;
    if (a >= 0xc2 && a <= 0xdf) {
      more = 1;
    } else if (a >= 0xe0 && a <= 0xef) {
      more = 2;
      if (a == 0xe0) low = 0xa0;
      if (a == 0xed) high = 0x9f;
    } else if (a >= 0xf0 && a <= 0xf4) {
      more = 3;
      if (a == 0xf0) low = 0x90;
      if (a == 0xf4) high = 0x8f;
    } else {
      return 0;
    }
    if (n - i <= more || s[i + 1] < low || s[i + 1] > high) return 0;
    for (uint32_t k = 2; k <= more; k++)
      if ((s[i + k] & 0xc0) != 0x80) return 0;
    i += more + 1;
  }
  return 1;
}

typedef struct jackfield_check_state {
  const uint8_t *JACKFIELD_NONNULL bytes;
  uint64_t size;
  uint64_t left; /* bytes that no reference has covered yet */
  jackfield_fault fault;
} jackfield_check_state;

static inline int jackfield_check_fail(jackfield_check_state *JACKFIELD_NONNULL state, uint32_t kind, uint32_t offset,
                                       const jackfield_layout *JACKFIELD_NONNULL layout,
                                       const char *JACKFIELD_NULLABLE field) {
  state->fault.kind = kind;
  state->fault.offset = offset;
  state->fault.layout = layout->name;
  state->fault.field = field;
  return 0;
}

/* One struct at `at`, `size` bytes long, already known to lie inside the buffer. Recursion is as deep as the tables. */
static inline int jackfield_check_struct(jackfield_check_state *JACKFIELD_NONNULL state,
                                         const jackfield_layout *JACKFIELD_NONNULL layout, uint32_t at, uint32_t size,
                                         uint32_t head) {
  const uint8_t *base = state->bytes + at;
  for (uint32_t i = layout->size; i < size; i++)
    if (base[i]) return jackfield_check_fail(state, JACKFIELD_FAULT_UNKNOWN, at, layout, NULL);
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    uint32_t wide = field->kind == JACKFIELD_KIND_LIST ? 16
                    : field->kind == JACKFIELD_KIND_U32 || field->kind == JACKFIELD_KIND_I32 ||
                            field->kind == JACKFIELD_KIND_ZERO
                        ? 4
                        : 8;
    if (field->offset + wide > size) { /* an older, shorter struct; none ever ended within a field */
      if (field->offset < size) return jackfield_check_fail(state, JACKFIELD_FAULT_SIZE, at, layout, field->name);
      continue;
    }
    if (field->kind == JACKFIELD_KIND_ZERO) {
      uint32_t value;
      memcpy(&value, base + field->offset, 4);
      if (value) return jackfield_check_fail(state, JACKFIELD_FAULT_RESERVED, at, layout, field->name);
    } else if (field->kind == JACKFIELD_KIND_TEXT || field->kind == JACKFIELD_KIND_DATA) {
      jackfield_text text;
      memcpy(&text, base + field->offset, sizeof text);
      if (text.offset == 0) {
        if (text.length) return jackfield_check_fail(state, JACKFIELD_FAULT_RANGE, at, layout, field->name);
        continue;
      }
      if (text.offset < head || (uint64_t)text.offset + text.length > state->size)
        return jackfield_check_fail(state, JACKFIELD_FAULT_RANGE, at, layout, field->name);
      if (text.length > state->left) return jackfield_check_fail(state, JACKFIELD_FAULT_OVERLAP, at, layout, field->name);
      state->left -= text.length;
      if (field->kind == JACKFIELD_KIND_TEXT && !jackfield_is_utf8(state->bytes + text.offset, text.length))
        return jackfield_check_fail(state, JACKFIELD_FAULT_TEXT, at, layout, field->name);
    } else if (field->kind == JACKFIELD_KIND_LIST) {
      jackfield_list list;
      memcpy(&list, base + field->offset, sizeof list);
      const jackfield_layout *element = field->element;
      if (list.reserved) return jackfield_check_fail(state, JACKFIELD_FAULT_RESERVED, at, layout, field->name);
      if (list.count == 0) {
        if (list.offset) return jackfield_check_fail(state, JACKFIELD_FAULT_RANGE, at, layout, field->name);
        continue;
      }
      if (list.offset % 8 || list.stride % 8)
        return jackfield_check_fail(state, JACKFIELD_FAULT_ALIGNMENT, at, layout, field->name);
      if (element == NULL || list.stride < element->least)
        return jackfield_check_fail(state, JACKFIELD_FAULT_STRIDE, at, layout, field->name);
      uint64_t total = (uint64_t)list.count * list.stride;
      if (list.offset < head || list.offset + total > state->size)
        return jackfield_check_fail(state, JACKFIELD_FAULT_RANGE, at, layout, field->name);
      if (total > state->left) return jackfield_check_fail(state, JACKFIELD_FAULT_OVERLAP, at, layout, field->name);
      state->left -= total;
      for (uint32_t k = 0; k < list.count; k++)
        if (!jackfield_check_struct(state, element, list.offset + k * list.stride, list.stride, head)) return 0;
    }
  }
  return 1;
}

static inline jackfield_fault jackfield_check(const jackfield_layout *JACKFIELD_NONNULL layout, jackfield_view view) {
  static const uint8_t nothing[8] = {0};
  jackfield_check_state state;
  state.bytes = view.data ? (const uint8_t *)view.data : nothing;
  state.size = view.data ? view.size : 0;
  state.left = 0;
  memset(&state.fault, 0, sizeof state.fault);
  uint32_t size;
  if (state.size < 8 || state.size > JACKFIELD_PAYLOAD_MAX) {
    jackfield_check_fail(&state, JACKFIELD_FAULT_SIZE, 0, layout, "size");
    return state.fault;
  }
  if ((uintptr_t)state.bytes % 8) {
    jackfield_check_fail(&state, JACKFIELD_FAULT_ALIGNMENT, 0, layout, NULL);
    return state.fault;
  }
  memcpy(&size, state.bytes, 4);
  if (size > state.size || size < layout->least) {
    jackfield_check_fail(&state, JACKFIELD_FAULT_SIZE, 0, layout, "size");
    return state.fault;
  }
  state.left = state.size - size;
  jackfield_check_struct(&state, layout, 0, size, size);
  return state.fault;
}

#endif
