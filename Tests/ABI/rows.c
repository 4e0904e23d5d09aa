/*
 * Prints what the headers say, a row a line: kind, name and value, with tabs between them. rows.py puts a line for each
 * declaration in the place of the mark in `main`, and compiles it as C and as C++.
 */
#include <stdio.h>

#include <jackfield/contracts.h>
#include <jackfield/jackfield.h>

#if defined(__cplusplus)
#define ALIGN(type) alignof(type)
#else
#define ALIGN(type) _Alignof(type)
#endif

#define SAY(kind, name, text) printf("%s\t%s\t%s\n", kind, name, text);
#define TEXT(name) printf("constant\t%s\ttext %s\n", #name, name);
#define NUMBER(name) \
  printf("constant\t%s\t%sint%u %lld\n", #name, (name) * 0 - 1 > 0 ? "u" : "", (unsigned)sizeof(name) * 8, (long long)(name));
#define TYPE(name, of) printf("type\t%s\t%s, %u bytes\n", #name, of, (unsigned)sizeof(name));
#define STRUCT(name, how) \
  printf("struct\t%s\t%u bytes, aligned to %u, %s\n", #name, (unsigned)sizeof(name), (unsigned)ALIGN(name), how);
#define FIELD(type, field, of)                                                         \
  printf("field\t%s.%s\tat %u, %u bytes: %s\n", #type, #field, (unsigned)offsetof(type, field), \
         (unsigned)sizeof(((type *)0)->field), of);

static void layout(const jackfield_layout *one) {
  static const char *kinds[] = {"", "U32", "U64", "I32", "I64", "F64", "TEXT", "DATA", "LIST", "ZERO"};
  printf("layout\t%s\tleast %u, %s\n", one->name, one->least, one->headed ? "headed" : "element");
  for (uint32_t i = 0; i < one->count; i++) {
    const jackfield_field *field = &one->fields[i];
    printf("part\t%s.%s\t%s%s%s at %u\n", one->name, field->name, kinds[field->kind], field->element ? " of " : "",
           field->element ? field->element->name : "", field->offset);
    if (field->element) layout(field->element);
  }
}

static void contract(const jackfield_contract *one) {
  printf("contract\t%s/%u\tthere\n", one->id, one->revision);
  for (uint32_t m = 0; m < one->method_count; m++) {
    const jackfield_method_contract *method = &one->methods[m];
    printf("method\t%s/%u %u\t%s: %s -> %s\n", one->id, one->revision, method->method, method->name,
           method->request->name, method->result->name);
    layout(method->request);
    layout(method->result);
    for (uint32_t e = 0; e < method->event_count; e++) {
      const jackfield_event_contract *event = &method->events[e];
      printf("event\t%s/%u %u.%u\t%s: %s\n", one->id, one->revision, method->method, event->event, event->name,
             event->payload->name);
      layout(event->payload);
    }
  }
}

int main(void) {
  /* DECLARATIONS */
  for (uint32_t c = 0; c < JACKFIELD_COUNT(jackfield_contracts); c++) contract(&jackfield_contracts[c]);
  layout(&jackfield_context_layout);
  return 0;
}
