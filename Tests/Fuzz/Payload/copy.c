/* Building a payload anew from what another one says. */
#include "payload.h"

static void copy(jackfield_builder *b, const jackfield_layout *layout, jackfield_view from, uint8_t *head) {
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    uint8_t *at = head + field->offset;
    if (field->kind == JACKFIELD_KIND_TEXT || field->kind == JACKFIELD_KIND_DATA) {
      jackfield_text text;
      memcpy(&text, at, sizeof text);
      jackfield_view view = jackfield_read_text(from, text);
      if (view.data) text = jackfield_build_text(b, view.data, view.size);
      memcpy(at, &text, sizeof text);
    } else if (field->kind == JACKFIELD_KIND_LIST) {
      jackfield_list list;
      uint8_t entry[FUZZ_STRUCT_MAX];
      memcpy(&list, at, sizeof list);
      if (list.count == 0) continue;
      jackfield_list other = jackfield_build_list(b, list.count, field->element->size);
      for (uint32_t k = 0; k < list.count; k++) {
        jackfield_read_element(from, list, k, entry, field->element->size);
        copy(b, field->element, from, entry);
        jackfield_build_set(b, other, k, entry);
      }
      memcpy(at, &other, sizeof other);
    }
  }
}

jackfield_view fuzz_copy(jackfield_builder *b, const jackfield_layout *layout, jackfield_view payload) {
  uint8_t head[FUZZ_STRUCT_MAX];
  jackfield_build(b, layout->size);
  jackfield_read(payload, head, layout->size);
  copy(b, layout, payload, head);
  return jackfield_built_sized(b, head, layout->size);
}
