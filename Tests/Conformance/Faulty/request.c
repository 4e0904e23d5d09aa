/* Is a request one that this plugin can read? And does this build look? */
#include "plugin.h"

/* A fault of the payload that this build does not look for. */
static int is_overlooked(uint32_t kind) {
  return (FAULT(overlooks_alignment) && kind == JACKFIELD_FAULT_ALIGNMENT) ||
         (FAULT(overlooks_size) && kind == JACKFIELD_FAULT_SIZE) ||
         (FAULT(overlooks_unknown_tail) && kind == JACKFIELD_FAULT_UNKNOWN) ||
         (FAULT(overlooks_range) && kind == JACKFIELD_FAULT_RANGE) ||
         (FAULT(overlooks_overlap) && kind == JACKFIELD_FAULT_OVERLAP) ||
         (FAULT(overlooks_stride) && kind == JACKFIELD_FAULT_STRIDE) ||
         (FAULT(overlooks_text) && kind == JACKFIELD_FAULT_TEXT) ||
         (FAULT(overlooks_reserved) && kind == JACKFIELD_FAULT_RESERVED);
}

/* Is a list of the request longer in its elements than this header knows? */
static int has_longer_elements(const jackfield_layout *layout, jackfield_view request) {
  for (uint32_t i = 0; i < layout->count; i++) {
    const jackfield_field *field = &layout->fields[i];
    jackfield_list list;
    if (field->kind != JACKFIELD_KIND_LIST || field->offset + sizeof list > request.size) continue;
    memcpy(&list, (const char *)request.data + field->offset, sizeof list);
    if (list.count > 0 && list.stride != field->element->size) return 1;
  }
  return 0;
}

int is_frame(const jackfield_start *start) {
  if (start->size < sizeof *start || start->reserved) return 0;
  for (uint32_t i = sizeof *start; i < start->size; i++)
    if (((const uint8_t *)start)[i]) return 0;
  return 1;
}

int32_t judge(const jackfield_start *start, const jackfield_layout *layout, int *is_readable) {
  uint32_t kind = jackfield_check(layout, start->request).kind;
  *is_readable = kind == JACKFIELD_FAULT_NONE;
  if (kind && !is_overlooked(kind)) return JACKFIELD_INVALID_ARGUMENT;
  if (start->context.size && jackfield_check(&jackfield_context_layout, start->context).kind)
    return JACKFIELD_INVALID_ARGUMENT;
  if (kind) return JACKFIELD_OK;
  if (FAULT(wants_exact_requests) && *(const uint32_t *)start->request.data != layout->size)
    return JACKFIELD_INVALID_ARGUMENT;
  if (FAULT(wants_exact_elements) && has_longer_elements(layout, start->request)) return JACKFIELD_INVALID_ARGUMENT;
  if (FAULT(reads_beyond)) {
    const volatile char *end = (const volatile char *)start->request.data + (start->request.size + 7) / 8 * 8;
    (void)*end;
  }
  return JACKFIELD_OK;
}
