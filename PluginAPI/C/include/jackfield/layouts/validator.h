/* validator.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_VALIDATOR_H
#define JACKFIELD_LAYOUTS_VALIDATOR_H

#include "../validator.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_validator_segment, 16);
JACKFIELD_AT(jackfield_validator_segment, role, 0);
JACKFIELD_AT(jackfield_validator_segment, text, 8);
JACKFIELD_TABLE jackfield_field jackfield_validator_segment_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_segment, TEXT, role),
    JACKFIELD_FIELD(jackfield_validator_segment, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_validator_segment, 16);

JACKFIELD_SIZE(jackfield_validator_check, 32);
JACKFIELD_AT(jackfield_validator_check, size, 0);
JACKFIELD_AT(jackfield_validator_check, direction, 4);
JACKFIELD_AT(jackfield_validator_check, last, 8);
JACKFIELD_AT(jackfield_validator_check, reserved, 12);
JACKFIELD_AT(jackfield_validator_check, segments, 16);
JACKFIELD_TABLE jackfield_field jackfield_validator_check_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_check, U32, size),
    JACKFIELD_FIELD(jackfield_validator_check, U32, direction),
    JACKFIELD_FIELD(jackfield_validator_check, U32, last),
    JACKFIELD_FIELD(jackfield_validator_check, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_validator_check, segments, jackfield_validator_segment),
};
JACKFIELD_HEADED(jackfield_validator_check, 32);

JACKFIELD_SIZE(jackfield_validator_finding, 40);
JACKFIELD_AT(jackfield_validator_finding, action, 0);
JACKFIELD_AT(jackfield_validator_finding, severity, 4);
JACKFIELD_AT(jackfield_validator_finding, segment, 8);
JACKFIELD_AT(jackfield_validator_finding, reserved, 12);
JACKFIELD_AT(jackfield_validator_finding, start, 16);
JACKFIELD_AT(jackfield_validator_finding, length, 20);
JACKFIELD_AT(jackfield_validator_finding, rule, 24);
JACKFIELD_AT(jackfield_validator_finding, message, 32);
JACKFIELD_TABLE jackfield_field jackfield_validator_finding_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_finding, U32, action),
    JACKFIELD_FIELD(jackfield_validator_finding, U32, severity),
    JACKFIELD_FIELD(jackfield_validator_finding, U32, segment),
    JACKFIELD_FIELD(jackfield_validator_finding, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_validator_finding, U32, start),
    JACKFIELD_FIELD(jackfield_validator_finding, U32, length),
    JACKFIELD_FIELD(jackfield_validator_finding, TEXT, rule),
    JACKFIELD_FIELD(jackfield_validator_finding, TEXT, message),
};
JACKFIELD_ELEMENT(jackfield_validator_finding, 40);

JACKFIELD_SIZE(jackfield_validator_rewrite, 16);
JACKFIELD_AT(jackfield_validator_rewrite, segment, 0);
JACKFIELD_AT(jackfield_validator_rewrite, reserved, 4);
JACKFIELD_AT(jackfield_validator_rewrite, text, 8);
JACKFIELD_TABLE jackfield_field jackfield_validator_rewrite_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_rewrite, U32, segment),
    JACKFIELD_FIELD(jackfield_validator_rewrite, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_validator_rewrite, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_validator_rewrite, 16);

JACKFIELD_SIZE(jackfield_validator_settled, 8);
JACKFIELD_AT(jackfield_validator_settled, bytes, 0);
JACKFIELD_TABLE jackfield_field jackfield_validator_settled_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_settled, U64, bytes),
};
JACKFIELD_ELEMENT(jackfield_validator_settled, 8);

JACKFIELD_SIZE(jackfield_validator_verdict, 56);
JACKFIELD_AT(jackfield_validator_verdict, size, 0);
JACKFIELD_AT(jackfield_validator_verdict, action, 4);
JACKFIELD_AT(jackfield_validator_verdict, findings, 8);
JACKFIELD_AT(jackfield_validator_verdict, rewrites, 24);
JACKFIELD_AT(jackfield_validator_verdict, settled, 40);
JACKFIELD_TABLE jackfield_field jackfield_validator_verdict_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_verdict, U32, size),
    JACKFIELD_FIELD(jackfield_validator_verdict, U32, action),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, findings, jackfield_validator_finding),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, rewrites, jackfield_validator_rewrite),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, settled, jackfield_validator_settled),
};
JACKFIELD_HEADED(jackfield_validator_verdict, 56);

JACKFIELD_TABLE jackfield_method_contract jackfield_validator_methods[] = {
    {JACKFIELD_VALIDATOR_CHECK, 0, "check", &jackfield_validator_check_layout,
     &jackfield_validator_verdict_layout, NULL},
};

#endif
