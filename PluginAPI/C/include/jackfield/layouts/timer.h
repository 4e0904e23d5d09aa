/* timer.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_TIMER_H
#define JACKFIELD_LAYOUTS_TIMER_H

#include "../timer.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_timer_after, 16);
JACKFIELD_AT(jackfield_timer_after, size, 0);
JACKFIELD_AT(jackfield_timer_after, reserved, 4);
JACKFIELD_AT(jackfield_timer_after, delay, 8);
JACKFIELD_TABLE jackfield_field jackfield_timer_after_fields[] = {
    JACKFIELD_FIELD(jackfield_timer_after, U32, size),
    JACKFIELD_FIELD(jackfield_timer_after, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_timer_after, I64, delay),
};
JACKFIELD_HEADED(jackfield_timer_after, 16);

JACKFIELD_TABLE jackfield_method_contract jackfield_timer_methods[] = {
    {JACKFIELD_TIMER_AFTER, 0, "after", &jackfield_timer_after_layout,
     &jackfield_empty_layout, NULL},
};

#endif
