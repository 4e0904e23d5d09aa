/* Payloads without a fault, of every form that a sender of any version may choose. */
#include "payload.h"

uint64_t fuzz_random(uint64_t *seed) {
  uint64_t x = *seed ? *seed : 88172645463325252u;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  *seed = x;
  return x * 2685821657736338717u;
}

uint32_t fuzz_below(uint64_t *seed, uint32_t limit) { return (uint32_t)(fuzz_random(seed) >> 33) % limit; }

static jackfield_text text(jackfield_builder *b, int isText, uint64_t *seed) {
  static const char *const pieces[] = {"a", "jackfield", "\n", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                       "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "0123456789abcdef"};
  jackfield_text absent = {0, 0};
  uint8_t bytes[128];
  uint32_t n = 0;
  if (fuzz_below(seed, 4) == 0) return absent;
  for (uint32_t i = fuzz_below(seed, 7); i > 0; i--) {
    if (isText) {
      const char *piece = pieces[fuzz_below(seed, sizeof pieces / sizeof *pieces)];
      memcpy(bytes + n, piece, strlen(piece));
      n += (uint32_t)strlen(piece);
    } else {
      bytes[n++] = (uint8_t)fuzz_random(seed);
    }
  }
  return jackfield_build_text(b, bytes, n);
}

/* As long as known, longer by what a newer sender may know and has left empty, or as short as an older one's. */
static uint32_t length(const jackfield_layout *layout, int isElement, uint64_t *seed) {
  uint32_t choice = fuzz_below(seed, 8);
  if (choice == 0) return layout->size + 8 * (1 + fuzz_below(seed, 4));
  if (choice > 2 || layout->least == layout->size) return layout->size;
  const jackfield_field *field = &layout->fields[fuzz_below(seed, layout->count)];
  uint32_t end = field->offset + fuzz_width(field->kind);
  return end < layout->least || (isElement && end % 8) ? layout->size : end;
}

static void fill(jackfield_builder *b, const jackfield_layout *layout, uint8_t *head, uint64_t *seed, uint32_t depth) {
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    uint8_t *at = head + field->offset;
    if (field->kind == JACKFIELD_KIND_TEXT || field->kind == JACKFIELD_KIND_DATA) {
      jackfield_text value = text(b, field->kind == JACKFIELD_KIND_TEXT, seed);
      memcpy(at, &value, sizeof value);
    } else if (field->kind == JACKFIELD_KIND_LIST) {
      uint32_t stride = length(field->element, 1, seed);
      jackfield_list list = jackfield_build_list(b, fuzz_below(seed, depth ? 3 : 5), stride);
      for (uint32_t k = 0; k < list.count; k++) {
        uint8_t entry[FUZZ_STRUCT_MAX + 64] = {0};
        fill(b, field->element, entry, seed, depth + 1);
        memset(entry + field->element->size, 0, 64);
        jackfield_build_set(b, list, k, entry);
      }
      memcpy(at, &list, sizeof list);
    } else if (field->kind != JACKFIELD_KIND_ZERO) {
      uint64_t value = fuzz_random(seed) >> fuzz_below(seed, 64);
      memcpy(at, &value, fuzz_width(field->kind));
    }
  }
}

jackfield_view fuzz_valid(jackfield_builder *b, const jackfield_layout *layout, uint64_t *seed) {
  uint8_t head[FUZZ_STRUCT_MAX + 64] = {0};
  uint32_t size = length(layout, 0, seed);
  jackfield_build(b, size);
  fill(b, layout, head, seed, 0);
  return jackfield_built_sized(b, head, size);
}
