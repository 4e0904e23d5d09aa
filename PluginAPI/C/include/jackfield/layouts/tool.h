/* tool.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_TOOL_H
#define JACKFIELD_LAYOUTS_TOOL_H

#include "../tool.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_tool_list, 8);
JACKFIELD_AT(jackfield_tool_list, size, 0);
JACKFIELD_AT(jackfield_tool_list, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_tool_list_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_list, U32, size),
    JACKFIELD_FIELD(jackfield_tool_list, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_tool_list, 8);

JACKFIELD_SIZE(jackfield_tool_entry, 40);
JACKFIELD_AT(jackfield_tool_entry, name, 0);
JACKFIELD_AT(jackfield_tool_entry, description, 8);
JACKFIELD_AT(jackfield_tool_entry, parameters, 16);
JACKFIELD_AT(jackfield_tool_entry, result, 24);
JACKFIELD_AT(jackfield_tool_entry, flags, 32);
JACKFIELD_AT(jackfield_tool_entry, reserved, 36);
JACKFIELD_TABLE jackfield_field jackfield_tool_entry_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_entry, TEXT, name),
    JACKFIELD_FIELD(jackfield_tool_entry, TEXT, description),
    JACKFIELD_FIELD(jackfield_tool_entry, TEXT, parameters),
    JACKFIELD_FIELD(jackfield_tool_entry, TEXT, result),
    JACKFIELD_FIELD(jackfield_tool_entry, U32, flags),
    JACKFIELD_FIELD(jackfield_tool_entry, ZERO, reserved),
};
JACKFIELD_ELEMENT(jackfield_tool_entry, 40);

JACKFIELD_SIZE(jackfield_tool_list_result, 24);
JACKFIELD_AT(jackfield_tool_list_result, size, 0);
JACKFIELD_AT(jackfield_tool_list_result, reserved, 4);
JACKFIELD_AT(jackfield_tool_list_result, tools, 8);
JACKFIELD_TABLE jackfield_field jackfield_tool_list_result_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_list_result, U32, size),
    JACKFIELD_FIELD(jackfield_tool_list_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_tool_list_result, tools, jackfield_tool_entry),
};
JACKFIELD_HEADED(jackfield_tool_list_result, 24);

JACKFIELD_SIZE(jackfield_tool_call, 32);
JACKFIELD_AT(jackfield_tool_call, size, 0);
JACKFIELD_AT(jackfield_tool_call, reserved, 4);
JACKFIELD_AT(jackfield_tool_call, name, 8);
JACKFIELD_AT(jackfield_tool_call, arguments, 16);
JACKFIELD_AT(jackfield_tool_call, id, 24);
JACKFIELD_TABLE jackfield_field jackfield_tool_call_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_call, U32, size),
    JACKFIELD_FIELD(jackfield_tool_call, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_tool_call, TEXT, name),
    JACKFIELD_FIELD(jackfield_tool_call, TEXT, arguments),
    JACKFIELD_FIELD(jackfield_tool_call, TEXT, id),
};
JACKFIELD_HEADED(jackfield_tool_call, 32);

JACKFIELD_SIZE(jackfield_tool_progress, 24);
JACKFIELD_AT(jackfield_tool_progress, size, 0);
JACKFIELD_AT(jackfield_tool_progress, reserved, 4);
JACKFIELD_AT(jackfield_tool_progress, fraction, 8);
JACKFIELD_AT(jackfield_tool_progress, message, 16);
JACKFIELD_TABLE jackfield_field jackfield_tool_progress_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_progress, U32, size),
    JACKFIELD_FIELD(jackfield_tool_progress, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_tool_progress, F64, fraction),
    JACKFIELD_FIELD(jackfield_tool_progress, TEXT, message),
};
JACKFIELD_HEADED(jackfield_tool_progress, 24);

JACKFIELD_SIZE(jackfield_tool_result, 24);
JACKFIELD_AT(jackfield_tool_result, size, 0);
JACKFIELD_AT(jackfield_tool_result, flags, 4);
JACKFIELD_AT(jackfield_tool_result, content, 8);
JACKFIELD_AT(jackfield_tool_result, media_type, 16);
JACKFIELD_TABLE jackfield_field jackfield_tool_result_fields[] = {
    JACKFIELD_FIELD(jackfield_tool_result, U32, size),
    JACKFIELD_FIELD(jackfield_tool_result, U32, flags),
    JACKFIELD_FIELD(jackfield_tool_result, TEXT, content),
    JACKFIELD_FIELD(jackfield_tool_result, TEXT, media_type),
};
JACKFIELD_HEADED(jackfield_tool_result, 24);

JACKFIELD_TABLE jackfield_event_contract jackfield_tool_events[] = {
    {JACKFIELD_TOOL_EVENT_PROGRESS, 0, "progress", &jackfield_tool_progress_layout},
};

JACKFIELD_TABLE jackfield_method_contract jackfield_tool_methods[] = {
    {JACKFIELD_TOOL_LIST, 0, "list", &jackfield_tool_list_layout,
     &jackfield_tool_list_result_layout, NULL},
    {JACKFIELD_TOOL_CALL, JACKFIELD_COUNT(jackfield_tool_events), "call", &jackfield_tool_call_layout,
     &jackfield_tool_result_layout, jackfield_tool_events},
};

#endif
