/* log.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_LOG_H
#define JACKFIELD_LAYOUTS_LOG_H

#include "../log.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_log_write, 32);
JACKFIELD_AT(jackfield_log_write, size, 0);
JACKFIELD_AT(jackfield_log_write, level, 4);
JACKFIELD_AT(jackfield_log_write, message, 8);
JACKFIELD_AT(jackfield_log_write, fields, 16);
JACKFIELD_TABLE jackfield_field jackfield_log_write_fields[] = {
    JACKFIELD_FIELD(jackfield_log_write, U32, size),
    JACKFIELD_FIELD(jackfield_log_write, U32, level),
    JACKFIELD_FIELD(jackfield_log_write, TEXT, message),
    JACKFIELD_LIST_OF(jackfield_log_write, fields, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_log_write, 32);

JACKFIELD_TABLE jackfield_method_contract jackfield_log_methods[] = {
    {JACKFIELD_LOG_WRITE, 0, "write", &jackfield_log_write_layout,
     &jackfield_empty_layout, NULL},
};

#endif
