/* exporter.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_EXPORTER_H
#define JACKFIELD_LAYOUTS_EXPORTER_H

#include "../exporter.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_exporter_bucket, 16);
JACKFIELD_AT(jackfield_exporter_bucket, upper, 0);
JACKFIELD_AT(jackfield_exporter_bucket, count, 8);
JACKFIELD_TABLE jackfield_field jackfield_exporter_bucket_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_bucket, F64, upper),
    JACKFIELD_FIELD(jackfield_exporter_bucket, U64, count),
};
JACKFIELD_ELEMENT(jackfield_exporter_bucket, 16);

JACKFIELD_SIZE(jackfield_exporter_sample, 48);
JACKFIELD_AT(jackfield_exporter_sample, value, 0);
JACKFIELD_AT(jackfield_exporter_sample, count, 8);
JACKFIELD_AT(jackfield_exporter_sample, labels, 16);
JACKFIELD_AT(jackfield_exporter_sample, buckets, 32);
JACKFIELD_TABLE jackfield_field jackfield_exporter_sample_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_sample, F64, value),
    JACKFIELD_FIELD(jackfield_exporter_sample, U64, count),
    JACKFIELD_LIST_OF(jackfield_exporter_sample, labels, jackfield_pair),
    JACKFIELD_LIST_OF(jackfield_exporter_sample, buckets, jackfield_exporter_bucket),
};
JACKFIELD_ELEMENT(jackfield_exporter_sample, 48);

JACKFIELD_SIZE(jackfield_exporter_family, 48);
JACKFIELD_AT(jackfield_exporter_family, kind, 0);
JACKFIELD_AT(jackfield_exporter_family, reserved, 4);
JACKFIELD_AT(jackfield_exporter_family, name, 8);
JACKFIELD_AT(jackfield_exporter_family, unit, 16);
JACKFIELD_AT(jackfield_exporter_family, help, 24);
JACKFIELD_AT(jackfield_exporter_family, samples, 32);
JACKFIELD_TABLE jackfield_field jackfield_exporter_family_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_family, U32, kind),
    JACKFIELD_FIELD(jackfield_exporter_family, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, name),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, unit),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, help),
    JACKFIELD_LIST_OF(jackfield_exporter_family, samples, jackfield_exporter_sample),
};
JACKFIELD_ELEMENT(jackfield_exporter_family, 48);

JACKFIELD_SIZE(jackfield_exporter_span, 72);
JACKFIELD_AT(jackfield_exporter_span, start, 0);
JACKFIELD_AT(jackfield_exporter_span, end, 8);
JACKFIELD_AT(jackfield_exporter_span, kind, 16);
JACKFIELD_AT(jackfield_exporter_span, code, 20);
JACKFIELD_AT(jackfield_exporter_span, name, 24);
JACKFIELD_AT(jackfield_exporter_span, trace_id, 32);
JACKFIELD_AT(jackfield_exporter_span, span_id, 40);
JACKFIELD_AT(jackfield_exporter_span, parent_id, 48);
JACKFIELD_AT(jackfield_exporter_span, attributes, 56);
JACKFIELD_TABLE jackfield_field jackfield_exporter_span_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_span, I64, start),
    JACKFIELD_FIELD(jackfield_exporter_span, I64, end),
    JACKFIELD_FIELD(jackfield_exporter_span, U32, kind),
    JACKFIELD_FIELD(jackfield_exporter_span, I32, code),
    JACKFIELD_FIELD(jackfield_exporter_span, TEXT, name),
    JACKFIELD_FIELD(jackfield_exporter_span, TEXT, trace_id),
    JACKFIELD_FIELD(jackfield_exporter_span, TEXT, span_id),
    JACKFIELD_FIELD(jackfield_exporter_span, TEXT, parent_id),
    JACKFIELD_LIST_OF(jackfield_exporter_span, attributes, jackfield_pair),
};
JACKFIELD_ELEMENT(jackfield_exporter_span, 72);

JACKFIELD_SIZE(jackfield_exporter_snapshot, 64);
JACKFIELD_AT(jackfield_exporter_snapshot, size, 0);
JACKFIELD_AT(jackfield_exporter_snapshot, reserved, 4);
JACKFIELD_AT(jackfield_exporter_snapshot, time, 8);
JACKFIELD_AT(jackfield_exporter_snapshot, start, 16);
JACKFIELD_AT(jackfield_exporter_snapshot, accept, 24);
JACKFIELD_AT(jackfield_exporter_snapshot, families, 32);
JACKFIELD_AT(jackfield_exporter_snapshot, spans, 48);
JACKFIELD_TABLE jackfield_field jackfield_exporter_snapshot_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_snapshot, U32, size),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, I64, time),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, I64, start),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, TEXT, accept),
    JACKFIELD_LIST_OF(jackfield_exporter_snapshot, families, jackfield_exporter_family),
    JACKFIELD_LIST_OF(jackfield_exporter_snapshot, spans, jackfield_exporter_span),
};
JACKFIELD_HEADED(jackfield_exporter_snapshot, 64);

JACKFIELD_SIZE(jackfield_exporter_rendering, 24);
JACKFIELD_AT(jackfield_exporter_rendering, size, 0);
JACKFIELD_AT(jackfield_exporter_rendering, reserved, 4);
JACKFIELD_AT(jackfield_exporter_rendering, content_type, 8);
JACKFIELD_AT(jackfield_exporter_rendering, body, 16);
JACKFIELD_TABLE jackfield_field jackfield_exporter_rendering_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_rendering, U32, size),
    JACKFIELD_FIELD(jackfield_exporter_rendering, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_rendering, TEXT, content_type),
    JACKFIELD_FIELD(jackfield_exporter_rendering, DATA, body),
};
JACKFIELD_HEADED(jackfield_exporter_rendering, 24);

JACKFIELD_TABLE jackfield_method_contract jackfield_exporter_methods[] = {
    {JACKFIELD_EXPORTER_PUSH, 0, "push", &jackfield_exporter_snapshot_layout,
     &jackfield_empty_layout, NULL},
    {JACKFIELD_EXPORTER_RENDER, 0, "render", &jackfield_exporter_snapshot_layout,
     &jackfield_exporter_rendering_layout, NULL},
};

#endif
