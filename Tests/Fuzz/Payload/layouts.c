/* Which layouts there are. */
#include <stdio.h>

#include "payload.h"

#define MOST 512
static const jackfield_layout *layouts[MOST];
static uint32_t hashes[MOST];
static uint32_t count;

uint32_t fuzz_hash(const char *name) { /* FNV-1a */
  uint32_t hash = 2166136261u;
  for (; *name; name++) hash = (hash ^ (uint8_t)*name) * 16777619u;
  return hash;
}

uint32_t fuzz_width(uint32_t kind) {
  switch (kind) {
    case JACKFIELD_KIND_LIST: return 16;
    case JACKFIELD_KIND_U32:
    case JACKFIELD_KIND_I32:
    case JACKFIELD_KIND_ZERO: return 4;
    default: return 8;
  }
}

static void *allocate(size_t size) {
  void *memory = calloc(1, size);
  if (memory == NULL) abort();
  return memory;
}

/* Kept for ever, as the tables are. */
static const jackfield_layout *grown(const jackfield_layout *layout) {
  char *name = allocate(strlen(layout->name) + 7);
  jackfield_field *fields = allocate(layout->count * sizeof *fields);
  jackfield_layout *other = allocate(sizeof *other);
  sprintf(name, "%s.grown", layout->name);
  for (uint32_t i = 0; i < layout->count; i++) {
    fields[i] = layout->fields[i];
    if (fields[i].element) fields[i].element = grown(fields[i].element);
  }
  *other = *layout;
  other->name = name;
  other->least = 8;
  other->fields = fields;
  return other;
}

static void add(const jackfield_layout *layout) {
  uint32_t hash = fuzz_hash(layout->name);
  for (uint32_t i = 0; i < count; i++) {
    if (hashes[i] != hash) continue;
    if (strcmp(layouts[i]->name, layout->name)) fuzz_fail(layout, "it has the hash of another layout");
    return;
  }
  if (count == MOST) fuzz_fail(layout, "there are too many layouts for this fuzzer");
  if (layout->size > FUZZ_STRUCT_MAX) fuzz_fail(layout, "it is too long for this fuzzer");
  layouts[count] = layout;
  hashes[count++] = hash;
}

static void fill(void) {
  const jackfield_contract *contract;
  add(jackfield_context_layout_of());
  for (uint32_t i = 0; (contract = jackfield_contract_at(i)) != NULL; i++)
    for (uint32_t m = 0; m < contract->method_count; m++) {
      const jackfield_method_contract *method = &contract->methods[m];
      add(method->request);
      add(method->result);
      for (uint32_t e = 0; e < method->event_count; e++) add(method->events[e].payload);
    }
  for (uint32_t i = 0, known = count; i < known; i++) add(grown(layouts[i]));
}

uint32_t fuzz_layout_count(void) {
  if (count == 0) fill();
  return count;
}

const jackfield_layout *fuzz_layout_at(uint32_t index) { return layouts[index % fuzz_layout_count()]; }

const jackfield_layout *fuzz_layout_of(uint32_t hash) {
  for (uint32_t i = 0; i < fuzz_layout_count(); i++)
    if (hashes[i] == hash) return layouts[i];
  return NULL;
}

_Noreturn void fuzz_fail(const jackfield_layout *layout, const char *what) {
  fprintf(stderr, "A payload of %s: %s.\n", layout->name, what);
  abort();
}
