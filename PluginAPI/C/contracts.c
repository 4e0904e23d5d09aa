#include "jackfield/contracts.h"

#include <string.h>

const jackfield_contract *jackfield_contract_of(const char *id, uint32_t revision) {
  for (uint32_t i = 0; i < JACKFIELD_COUNT(jackfield_contracts); i++)
    if (strcmp(jackfield_contracts[i].id, id) == 0 && jackfield_contracts[i].revision == revision)
      return &jackfield_contracts[i];
  return NULL;
}

const jackfield_contract *jackfield_contract_at(uint32_t index) {
  return index < JACKFIELD_COUNT(jackfield_contracts) ? &jackfield_contracts[index] : NULL;
}
const jackfield_layout *jackfield_context_layout_of(void) { return &jackfield_context_layout; }
