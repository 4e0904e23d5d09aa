/*
 * Changing inputs with knowledge of what they are: offsets, lengths, strides, counts and sizes get the values at which
 * a checker errs, references are made to point where others do, and texts are cut within a character.
 */
#include "payload.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);

#define SITES 256
typedef struct sites {
  const uint8_t *bytes;
  uint32_t size;
  uint32_t count;
  uint32_t at[SITES];    /* of a number of four bytes that says where, how long or how many */
  uint32_t texts;
  uint32_t text[SITES];  /* of a reference to a text */
} sites;

static uint32_t number(const sites *s, uint32_t at) {
  uint32_t value = 0;
  if (at <= s->size && s->size - at >= 4) memcpy(&value, s->bytes + at, 4);
  return value;
}

static void site(sites *s, uint64_t at) {
  if (s->count < SITES && at + 4 <= s->size) s->at[s->count++] = (uint32_t)at;
}

/* The payload may be broken already. */
static void collect(sites *s, const jackfield_layout *layout, uint64_t at) {
  if (at >= s->size || s->count == SITES) return;
  if (layout->headed) site(s, at);
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    uint64_t where = at + field->offset;
    if (where + fuzz_width(field->kind) > s->size) continue;
    if (field->kind == JACKFIELD_KIND_ZERO) {
      if (i % 4 == 1) site(s, where);
    } else if (field->kind == JACKFIELD_KIND_TEXT || field->kind == JACKFIELD_KIND_DATA) {
      site(s, where);
      site(s, where + 4);
      if (s->texts < SITES) s->text[s->texts++] = (uint32_t)where;
    } else if (field->kind == JACKFIELD_KIND_LIST) {
      for (uint32_t k = 0; k < 4; k++) site(s, where + 4 * k);
      uint32_t offset = number(s, (uint32_t)where), count = number(s, (uint32_t)where + 4);
      uint32_t stride = number(s, (uint32_t)where + 8);
      for (uint32_t k = 0; field->element && k < count && k < 4; k++)
        collect(s, field->element, offset + (uint64_t)k * stride);
    }
  }
}

static uint32_t interesting(const sites *s, uint32_t old, uint64_t *seed) {
  uint32_t other = s->count ? number(s, s->at[fuzz_below(seed, s->count)]) : 0;
  switch (fuzz_below(seed, 20)) {
    case 0: return 0;
    case 1: return 1;
    case 2: return 8 * fuzz_below(seed, 40);
    case 3: return old + 1;
    case 4: return old - 1;
    case 5: return old + 4;
    case 6: return old - 4;
    case 7: return old + 8;
    case 8: return old - 8;
    case 9: return s->size;
    case 10: return s->size - 8;
    case 11: return s->size - old;
    case 12: return s->size - other;
    case 13: return other;
    case 14: return old * 2;
    case 15: return UINT32_MAX - fuzz_below(seed, 17);
    case 16: return (UINT32_MAX / 8 + 1) * fuzz_below(seed, 8) + 8 * fuzz_below(seed, 9);
    case 17: return (uint32_t)(0x100000000u / (other ? other : 8)) + fuzz_below(seed, 2);
    case 18: return 1u << fuzz_below(seed, 32);
    default: return (uint32_t)fuzz_random(seed);
  }
}

/* Bytes at which a reader of UTF-8 errs, at the start or the end of a text. */
static void spoil(const sites *s, uint8_t *bytes, uint64_t *seed) {
  static const char *const pieces[] = {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                                       "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\x80", "\xff", "\xc2", "\xe1\x80",
                                       "\xf1\x80\x80", "\xe1\x80\xc0"};
  if (s->texts == 0) return;
  uint32_t at = s->text[fuzz_below(seed, s->texts)];
  uint32_t offset = number(s, at), length = number(s, at + 4);
  const char *piece = pieces[fuzz_below(seed, sizeof pieces / sizeof *pieces)];
  uint32_t n = (uint32_t)strlen(piece);
  if (offset > s->size || length > s->size - offset || length < n) return;
  memcpy(bytes + offset + (fuzz_below(seed, 2) ? length - n : fuzz_below(seed, length - n + 1)), piece, n);
}

static size_t fresh(uint8_t *data, size_t size, size_t most, uint64_t *seed) {
  const jackfield_layout *layout = fuzz_layout_at(fuzz_below(seed, fuzz_layout_count()));
  uint32_t hash = fuzz_hash(layout->name);
  jackfield_builder b;
  jackfield_view view = fuzz_valid(&b, layout, seed);
  if (view.data == NULL || jackfield_check(layout, view).kind != JACKFIELD_FAULT_NONE)
    fuzz_fail(layout, "one without a fault was not taken");
  if (view.size + FUZZ_PREFIX <= most) {
    memcpy(data, &hash, FUZZ_PREFIX);
    memcpy(data + FUZZ_PREFIX, view.data, view.size);
    size = view.size + FUZZ_PREFIX;
  }
  jackfield_build_free(&b);
  return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int number_of_run) {
  uint64_t seed = number_of_run * 0x9e3779b97f4a7c15u + 1;
  uint32_t hash, choice = fuzz_below(&seed, 16);
  if (size < FUZZ_PREFIX + 8 || choice == 0) return fresh(data, size, most, &seed);
  memcpy(&hash, data, FUZZ_PREFIX);
  const jackfield_layout *layout = fuzz_layout_of(hash);
  if (layout == NULL) return fresh(data, size, most, &seed);
  uint8_t *bytes = data + FUZZ_PREFIX;
  if (choice == 1) return FUZZ_PREFIX + LLVMFuzzerMutate(bytes, size - FUZZ_PREFIX, most - FUZZ_PREFIX);
  if (choice == 2) { /* longer or shorter by a little */
    size_t more = fuzz_below(&seed, 24);
    if (fuzz_below(&seed, 2)) return size > FUZZ_PREFIX + more ? size - more : size;
    if (size + more > most) return size;
    memset(data + size, fuzz_below(&seed, 2) ? 0 : (int)fuzz_below(&seed, 256), more);
    return size + more;
  }
  if (choice == 3) { /* taken for another struct */
    hash = fuzz_hash(fuzz_layout_at(fuzz_below(&seed, fuzz_layout_count()))->name);
    memcpy(data, &hash, FUZZ_PREFIX);
    return size;
  }
  for (uint32_t rounds = 1 + fuzz_below(&seed, 3); rounds > 0; rounds--) {
    sites s = {bytes, (uint32_t)(size - FUZZ_PREFIX), 0, {0}, 0, {0}};
    collect(&s, layout, 0);
    if (choice < 6) {
      spoil(&s, bytes, &seed);
    } else if (s.count) {
      uint32_t at = s.at[fuzz_below(&seed, s.count)];
      uint32_t value = interesting(&s, number(&s, at), &seed);
      memcpy(bytes + at, &value, sizeof value);
    }
  }
  return size;
}
