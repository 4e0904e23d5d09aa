/* secrets.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_SECRETS_H
#define JACKFIELD_LAYOUTS_SECRETS_H

#include "../secrets.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_secrets_get, 16);
JACKFIELD_AT(jackfield_secrets_get, size, 0);
JACKFIELD_AT(jackfield_secrets_get, reserved, 4);
JACKFIELD_AT(jackfield_secrets_get, name, 8);
JACKFIELD_TABLE jackfield_field jackfield_secrets_get_fields[] = {
    JACKFIELD_FIELD(jackfield_secrets_get, U32, size),
    JACKFIELD_FIELD(jackfield_secrets_get, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_secrets_get, TEXT, name),
};
JACKFIELD_HEADED(jackfield_secrets_get, 16);

JACKFIELD_SIZE(jackfield_secrets_value, 16);
JACKFIELD_AT(jackfield_secrets_value, size, 0);
JACKFIELD_AT(jackfield_secrets_value, reserved, 4);
JACKFIELD_AT(jackfield_secrets_value, value, 8);
JACKFIELD_TABLE jackfield_field jackfield_secrets_value_fields[] = {
    JACKFIELD_FIELD(jackfield_secrets_value, U32, size),
    JACKFIELD_FIELD(jackfield_secrets_value, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_secrets_value, TEXT, value),
};
JACKFIELD_HEADED(jackfield_secrets_value, 16);

JACKFIELD_TABLE jackfield_method_contract jackfield_secrets_methods[] = {
    {JACKFIELD_SECRETS_GET, 0, "get", &jackfield_secrets_get_layout,
     &jackfield_secrets_value_layout, NULL},
};

#endif
