/* The contracts of layouts.h behind functions, for languages that import functions better than tables. Needs contracts.c. */
#ifndef JACKFIELD_CONTRACTS_H
#define JACKFIELD_CONTRACTS_H

#include "layouts.h"

/* The contract of a role or service, or null if this header knows none of that revision. [any-thread] */
const jackfield_contract *JACKFIELD_NULLABLE jackfield_contract_of(const char *JACKFIELD_NONNULL id, uint32_t revision);

/* The contracts one after the other, then null. [any-thread] */
const jackfield_contract *JACKFIELD_NULLABLE jackfield_contract_at(uint32_t index);

/* The layout of jackfield_context, which belongs to no role. [any-thread] */
const jackfield_layout *JACKFIELD_NONNULL jackfield_context_layout_of(void);

#endif
