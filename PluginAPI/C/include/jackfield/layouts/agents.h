/* agents.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_AGENTS_H
#define JACKFIELD_LAYOUTS_AGENTS_H

#include "../agents.h"
#include "base.h"
#include "agent.h"

JACKFIELD_SIZE(jackfield_agents_list, 8);
JACKFIELD_AT(jackfield_agents_list, size, 0);
JACKFIELD_AT(jackfield_agents_list, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_agents_list_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_list, U32, size),
    JACKFIELD_FIELD(jackfield_agents_list, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_agents_list, 8);

JACKFIELD_SIZE(jackfield_agents_entry, 16);
JACKFIELD_AT(jackfield_agents_entry, id, 0);
JACKFIELD_AT(jackfield_agents_entry, summary, 8);
JACKFIELD_TABLE jackfield_field jackfield_agents_entry_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_entry, TEXT, id),
    JACKFIELD_FIELD(jackfield_agents_entry, TEXT, summary),
};
JACKFIELD_ELEMENT(jackfield_agents_entry, 16);

JACKFIELD_SIZE(jackfield_agents_list_result, 24);
JACKFIELD_AT(jackfield_agents_list_result, size, 0);
JACKFIELD_AT(jackfield_agents_list_result, reserved, 4);
JACKFIELD_AT(jackfield_agents_list_result, agents, 8);
JACKFIELD_TABLE jackfield_field jackfield_agents_list_result_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_list_result, U32, size),
    JACKFIELD_FIELD(jackfield_agents_list_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_agents_list_result, agents, jackfield_agents_entry),
};
JACKFIELD_HEADED(jackfield_agents_list_result, 24);

JACKFIELD_SIZE(jackfield_agents_invoke, 40);
JACKFIELD_AT(jackfield_agents_invoke, size, 0);
JACKFIELD_AT(jackfield_agents_invoke, reserved, 4);
JACKFIELD_AT(jackfield_agents_invoke, agent, 8);
JACKFIELD_AT(jackfield_agents_invoke, input, 16);
JACKFIELD_AT(jackfield_agents_invoke, model, 24);
JACKFIELD_AT(jackfield_agents_invoke, context, 32);
JACKFIELD_TABLE jackfield_field jackfield_agents_invoke_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_invoke, U32, size),
    JACKFIELD_FIELD(jackfield_agents_invoke, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, agent),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, input),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, model),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, context),
};
JACKFIELD_HEADED(jackfield_agents_invoke, 40);

JACKFIELD_TABLE jackfield_method_contract jackfield_agents_methods[] = {
    {JACKFIELD_AGENTS_LIST, 0, "list", &jackfield_agents_list_layout,
     &jackfield_agents_list_result_layout, NULL},
    {JACKFIELD_AGENTS_INVOKE, JACKFIELD_COUNT(jackfield_agent_events), "invoke", &jackfield_agents_invoke_layout,
     &jackfield_agent_result_layout, jackfield_agent_events},
};

#endif
