/* metrics.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_METRICS_H
#define JACKFIELD_LAYOUTS_METRICS_H

#include "../metrics.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_metrics_record, 48);
JACKFIELD_AT(jackfield_metrics_record, size, 0);
JACKFIELD_AT(jackfield_metrics_record, kind, 4);
JACKFIELD_AT(jackfield_metrics_record, value, 8);
JACKFIELD_AT(jackfield_metrics_record, name, 16);
JACKFIELD_AT(jackfield_metrics_record, unit, 24);
JACKFIELD_AT(jackfield_metrics_record, labels, 32);
JACKFIELD_TABLE jackfield_field jackfield_metrics_record_fields[] = {
    JACKFIELD_FIELD(jackfield_metrics_record, U32, size),
    JACKFIELD_FIELD(jackfield_metrics_record, U32, kind),
    JACKFIELD_FIELD(jackfield_metrics_record, F64, value),
    JACKFIELD_FIELD(jackfield_metrics_record, TEXT, name),
    JACKFIELD_FIELD(jackfield_metrics_record, TEXT, unit),
    JACKFIELD_LIST_OF(jackfield_metrics_record, labels, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_metrics_record, 48);

JACKFIELD_TABLE jackfield_method_contract jackfield_metrics_methods[] = {
    {JACKFIELD_METRICS_RECORD, 0, "record", &jackfield_metrics_record_layout,
     &jackfield_empty_layout, NULL},
};

#endif
