/* notifier.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_NOTIFIER_H
#define JACKFIELD_LAYOUTS_NOTIFIER_H

#include "../notifier.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_notifier_alert, 88);
JACKFIELD_AT(jackfield_notifier_alert, size, 0);
JACKFIELD_AT(jackfield_notifier_alert, severity, 4);
JACKFIELD_AT(jackfield_notifier_alert, started, 8);
JACKFIELD_AT(jackfield_notifier_alert, ended, 16);
JACKFIELD_AT(jackfield_notifier_alert, id, 24);
JACKFIELD_AT(jackfield_notifier_alert, rule, 32);
JACKFIELD_AT(jackfield_notifier_alert, title, 40);
JACKFIELD_AT(jackfield_notifier_alert, detail, 48);
JACKFIELD_AT(jackfield_notifier_alert, source, 56);
JACKFIELD_AT(jackfield_notifier_alert, reference, 64);
JACKFIELD_AT(jackfield_notifier_alert, labels, 72);
JACKFIELD_TABLE jackfield_field jackfield_notifier_alert_fields[] = {
    JACKFIELD_FIELD(jackfield_notifier_alert, U32, size),
    JACKFIELD_FIELD(jackfield_notifier_alert, U32, severity),
    JACKFIELD_FIELD(jackfield_notifier_alert, I64, started),
    JACKFIELD_FIELD(jackfield_notifier_alert, I64, ended),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, id),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, rule),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, title),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, detail),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, source),
    JACKFIELD_FIELD(jackfield_notifier_alert, TEXT, reference),
    JACKFIELD_LIST_OF(jackfield_notifier_alert, labels, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_notifier_alert, 88);

JACKFIELD_SIZE(jackfield_notifier_receipt, 16);
JACKFIELD_AT(jackfield_notifier_receipt, size, 0);
JACKFIELD_AT(jackfield_notifier_receipt, reserved, 4);
JACKFIELD_AT(jackfield_notifier_receipt, reference, 8);
JACKFIELD_TABLE jackfield_field jackfield_notifier_receipt_fields[] = {
    JACKFIELD_FIELD(jackfield_notifier_receipt, U32, size),
    JACKFIELD_FIELD(jackfield_notifier_receipt, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_notifier_receipt, TEXT, reference),
};
JACKFIELD_HEADED(jackfield_notifier_receipt, 16);

JACKFIELD_TABLE jackfield_method_contract jackfield_notifier_methods[] = {
    {JACKFIELD_NOTIFIER_NOTIFY, 0, "notify", &jackfield_notifier_alert_layout,
     &jackfield_notifier_receipt_layout, NULL},
    {JACKFIELD_NOTIFIER_RESOLVE, 0, "resolve", &jackfield_notifier_alert_layout,
     &jackfield_notifier_receipt_layout, NULL},
};

#endif
