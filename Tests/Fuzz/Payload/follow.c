/* Reading all that a checked payload refers to, with read.h as a plugin does: what lies outside, the sanitizer sees. */
#include "payload.h"

static uint64_t mix(uint64_t digest, const void *bytes, uint64_t size) {
  const uint8_t *at = (const uint8_t *)bytes;
  for (uint64_t i = 0; i < size; i++) digest = (digest ^ at[i]) * 1099511628211u;
  return (digest ^ size) * 1099511628211u;
}

/* UTF-8 by code points, written apart from the checker's. */
static int is_text(const uint8_t *s, uint64_t n) {
  for (uint64_t i = 0; i < n;) {
    uint32_t lead = s[i], point, more;
    if (lead < 0x80) {
      i++;
      continue;
    }
    if ((lead & 0xe0) == 0xc0) more = 1, point = lead & 0x1f;
    else if ((lead & 0xf0) == 0xe0) more = 2, point = lead & 0x0f;
    else if ((lead & 0xf8) == 0xf0) more = 3, point = lead & 0x07;
    else return 0;
    if (n - i < more + 1) return 0;
    for (uint32_t k = 1; k <= more; k++) {
      if ((s[i + k] & 0xc0) != 0x80) return 0;
      point = point << 6 | (s[i + k] & 0x3f);
    }
    if (point < (more == 1 ? 0x80u : more == 2 ? 0x800u : 0x10000u) || point > 0x10ffff) return 0;
    if (point >= 0xd800 && point <= 0xdfff) return 0;
    i += more + 1;
  }
  return 1;
}

typedef struct walk {
  jackfield_view payload;
  uint64_t covered; /* bytes that references cover */
  uint64_t digest;
} walk;

static void follow(walk *w, const jackfield_layout *layout, const uint8_t *head) {
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    const uint8_t *at = head + field->offset;
    if (field->kind == JACKFIELD_KIND_TEXT || field->kind == JACKFIELD_KIND_DATA) {
      jackfield_text text;
      memcpy(&text, at, sizeof text);
      jackfield_view view = jackfield_read_text(w->payload, text);
      w->covered += view.size;
      w->digest = mix(w->digest, view.data ? "+" : "-", 1);
      w->digest = mix(w->digest, view.data, view.size);
      if (field->kind == JACKFIELD_KIND_TEXT && !is_text((const uint8_t *)view.data, view.size))
        fuzz_fail(layout, "a text that the checker took is not UTF-8");
    } else if (field->kind == JACKFIELD_KIND_LIST) {
      jackfield_list list;
      uint8_t entry[FUZZ_STRUCT_MAX];
      memcpy(&list, at, sizeof list);
      w->covered += (uint64_t)list.count * list.stride;
      w->digest = mix(w->digest, &list.count, sizeof list.count);
      if (list.count && field->element == NULL) fuzz_fail(layout, "a list of nothing has elements");
      for (uint32_t k = 0; k < list.count; k++) {
        jackfield_read_element(w->payload, list, k, entry, field->element->size);
        if (((uintptr_t)w->payload.data + list.offset + (uint64_t)k * list.stride) % 8)
          fuzz_fail(layout, "an element that the checker took is not at a multiple of 8");
        follow(w, field->element, entry);
      }
    } else if (field->kind == JACKFIELD_KIND_ZERO) {
      uint32_t value;
      memcpy(&value, at, sizeof value);
      if (value) fuzz_fail(layout, "a reserved field that the checker took is not zero");
    } else if (!(layout->headed && field->offset == 0)) {
      w->digest = mix(w->digest, at, fuzz_width(field->kind));
    }
  }
}

uint64_t fuzz_follow(const jackfield_layout *layout, jackfield_view payload) {
  walk w = {payload, 0, 14695981039346656037u};
  uint8_t head[FUZZ_STRUCT_MAX];
  uint32_t size;
  jackfield_read(payload, head, layout->size);
  follow(&w, layout, head);
  memcpy(&size, payload.data, sizeof size);
  if (size + w.covered > payload.size) fuzz_fail(layout, "its references cover more than there is");
  return w.digest;
}
