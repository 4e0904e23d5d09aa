/* tools.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_TOOLS_H
#define JACKFIELD_LAYOUTS_TOOLS_H

#include "../tools.h"
#include "base.h"
#include "tool.h"

JACKFIELD_SIZE(jackfield_tools_list, 8);
JACKFIELD_AT(jackfield_tools_list, size, 0);
JACKFIELD_AT(jackfield_tools_list, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_tools_list_fields[] = {
    JACKFIELD_FIELD(jackfield_tools_list, U32, size),
    JACKFIELD_FIELD(jackfield_tools_list, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_tools_list, 8);

JACKFIELD_SIZE(jackfield_tools_entry, 48);
JACKFIELD_AT(jackfield_tools_entry, name, 0);
JACKFIELD_AT(jackfield_tools_entry, alias, 8);
JACKFIELD_AT(jackfield_tools_entry, description, 16);
JACKFIELD_AT(jackfield_tools_entry, parameters, 24);
JACKFIELD_AT(jackfield_tools_entry, result, 32);
JACKFIELD_AT(jackfield_tools_entry, flags, 40);
JACKFIELD_AT(jackfield_tools_entry, reserved, 44);
JACKFIELD_TABLE jackfield_field jackfield_tools_entry_fields[] = {
    JACKFIELD_FIELD(jackfield_tools_entry, TEXT, name),
    JACKFIELD_FIELD(jackfield_tools_entry, TEXT, alias),
    JACKFIELD_FIELD(jackfield_tools_entry, TEXT, description),
    JACKFIELD_FIELD(jackfield_tools_entry, TEXT, parameters),
    JACKFIELD_FIELD(jackfield_tools_entry, TEXT, result),
    JACKFIELD_FIELD(jackfield_tools_entry, U32, flags),
    JACKFIELD_FIELD(jackfield_tools_entry, ZERO, reserved),
};
JACKFIELD_ELEMENT(jackfield_tools_entry, 48);

JACKFIELD_SIZE(jackfield_tools_list_result, 24);
JACKFIELD_AT(jackfield_tools_list_result, size, 0);
JACKFIELD_AT(jackfield_tools_list_result, reserved, 4);
JACKFIELD_AT(jackfield_tools_list_result, tools, 8);
JACKFIELD_TABLE jackfield_field jackfield_tools_list_result_fields[] = {
    JACKFIELD_FIELD(jackfield_tools_list_result, U32, size),
    JACKFIELD_FIELD(jackfield_tools_list_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_tools_list_result, tools, jackfield_tools_entry),
};
JACKFIELD_HEADED(jackfield_tools_list_result, 24);

JACKFIELD_SIZE(jackfield_tools_call, 32);
JACKFIELD_AT(jackfield_tools_call, size, 0);
JACKFIELD_AT(jackfield_tools_call, reserved, 4);
JACKFIELD_AT(jackfield_tools_call, name, 8);
JACKFIELD_AT(jackfield_tools_call, arguments, 16);
JACKFIELD_AT(jackfield_tools_call, id, 24);
JACKFIELD_TABLE jackfield_field jackfield_tools_call_fields[] = {
    JACKFIELD_FIELD(jackfield_tools_call, U32, size),
    JACKFIELD_FIELD(jackfield_tools_call, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_tools_call, TEXT, name),
    JACKFIELD_FIELD(jackfield_tools_call, TEXT, arguments),
    JACKFIELD_FIELD(jackfield_tools_call, TEXT, id),
};
JACKFIELD_HEADED(jackfield_tools_call, 32);

JACKFIELD_TABLE jackfield_method_contract jackfield_tools_methods[] = {
    {JACKFIELD_TOOLS_LIST, 0, "list", &jackfield_tools_list_layout,
     &jackfield_tools_list_result_layout, NULL},
    {JACKFIELD_TOOLS_CALL, JACKFIELD_COUNT(jackfield_tool_events), "call", &jackfield_tools_call_layout,
     &jackfield_tool_result_layout, jackfield_tool_events},
};

#endif
