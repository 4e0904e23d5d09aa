/* agent.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_AGENT_H
#define JACKFIELD_LAYOUTS_AGENT_H

#include "../agent.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_agent_describe, 8);
JACKFIELD_AT(jackfield_agent_describe, size, 0);
JACKFIELD_AT(jackfield_agent_describe, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_agent_describe_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_describe, U32, size),
    JACKFIELD_FIELD(jackfield_agent_describe, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_agent_describe, 8);

JACKFIELD_SIZE(jackfield_agent_capability, 48);
JACKFIELD_AT(jackfield_agent_capability, id, 0);
JACKFIELD_AT(jackfield_agent_capability, description, 8);
JACKFIELD_AT(jackfield_agent_capability, keywords, 16);
JACKFIELD_AT(jackfield_agent_capability, examples, 32);
JACKFIELD_TABLE jackfield_field jackfield_agent_capability_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_capability, TEXT, id),
    JACKFIELD_FIELD(jackfield_agent_capability, TEXT, description),
    JACKFIELD_LIST_OF(jackfield_agent_capability, keywords, jackfield_item),
    JACKFIELD_LIST_OF(jackfield_agent_capability, examples, jackfield_item),
};
JACKFIELD_ELEMENT(jackfield_agent_capability, 48);

JACKFIELD_SIZE(jackfield_agent_description, 32);
JACKFIELD_AT(jackfield_agent_description, size, 0);
JACKFIELD_AT(jackfield_agent_description, reserved, 4);
JACKFIELD_AT(jackfield_agent_description, summary, 8);
JACKFIELD_AT(jackfield_agent_description, capabilities, 16);
JACKFIELD_TABLE jackfield_field jackfield_agent_description_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_description, U32, size),
    JACKFIELD_FIELD(jackfield_agent_description, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_description, TEXT, summary),
    JACKFIELD_LIST_OF(jackfield_agent_description, capabilities, jackfield_agent_capability),
};
JACKFIELD_HEADED(jackfield_agent_description, 32);

JACKFIELD_SIZE(jackfield_agent_turn, 16);
JACKFIELD_AT(jackfield_agent_turn, role, 0);
JACKFIELD_AT(jackfield_agent_turn, text, 8);
JACKFIELD_TABLE jackfield_field jackfield_agent_turn_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_turn, TEXT, role),
    JACKFIELD_FIELD(jackfield_agent_turn, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_agent_turn, 16);

JACKFIELD_SIZE(jackfield_agent_invoke, 48);
JACKFIELD_AT(jackfield_agent_invoke, size, 0);
JACKFIELD_AT(jackfield_agent_invoke, reserved, 4);
JACKFIELD_AT(jackfield_agent_invoke, input, 8);
JACKFIELD_AT(jackfield_agent_invoke, model, 16);
JACKFIELD_AT(jackfield_agent_invoke, context, 24);
JACKFIELD_AT(jackfield_agent_invoke, history, 32);
JACKFIELD_TABLE jackfield_field jackfield_agent_invoke_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_invoke, U32, size),
    JACKFIELD_FIELD(jackfield_agent_invoke, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, input),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, model),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, context),
    JACKFIELD_LIST_OF(jackfield_agent_invoke, history, jackfield_agent_turn),
};
JACKFIELD_HEADED(jackfield_agent_invoke, 48);

JACKFIELD_SIZE(jackfield_agent_text, 16);
JACKFIELD_AT(jackfield_agent_text, size, 0);
JACKFIELD_AT(jackfield_agent_text, reserved, 4);
JACKFIELD_AT(jackfield_agent_text, text, 8);
JACKFIELD_TABLE jackfield_field jackfield_agent_text_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_text, U32, size),
    JACKFIELD_FIELD(jackfield_agent_text, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_text, TEXT, text),
};
JACKFIELD_HEADED(jackfield_agent_text, 16);

JACKFIELD_SIZE(jackfield_agent_finding, 72);
JACKFIELD_AT(jackfield_agent_finding, size, 0);
JACKFIELD_AT(jackfield_agent_finding, severity, 4);
JACKFIELD_AT(jackfield_agent_finding, present, 8);
JACKFIELD_AT(jackfield_agent_finding, reserved, 12);
JACKFIELD_AT(jackfield_agent_finding, value, 16);
JACKFIELD_AT(jackfield_agent_finding, threshold, 24);
JACKFIELD_AT(jackfield_agent_finding, id, 32);
JACKFIELD_AT(jackfield_agent_finding, title, 40);
JACKFIELD_AT(jackfield_agent_finding, unit, 48);
JACKFIELD_AT(jackfield_agent_finding, source, 56);
JACKFIELD_AT(jackfield_agent_finding, detail, 64);
JACKFIELD_TABLE jackfield_field jackfield_agent_finding_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_finding, U32, size),
    JACKFIELD_FIELD(jackfield_agent_finding, U32, severity),
    JACKFIELD_FIELD(jackfield_agent_finding, U32, present),
    JACKFIELD_FIELD(jackfield_agent_finding, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_finding, F64, value),
    JACKFIELD_FIELD(jackfield_agent_finding, F64, threshold),
    JACKFIELD_FIELD(jackfield_agent_finding, TEXT, id),
    JACKFIELD_FIELD(jackfield_agent_finding, TEXT, title),
    JACKFIELD_FIELD(jackfield_agent_finding, TEXT, unit),
    JACKFIELD_FIELD(jackfield_agent_finding, TEXT, source),
    JACKFIELD_FIELD(jackfield_agent_finding, TEXT, detail),
};
JACKFIELD_HEADED(jackfield_agent_finding, 72);

JACKFIELD_SIZE(jackfield_agent_artifact, 32);
JACKFIELD_AT(jackfield_agent_artifact, size, 0);
JACKFIELD_AT(jackfield_agent_artifact, reserved, 4);
JACKFIELD_AT(jackfield_agent_artifact, name, 8);
JACKFIELD_AT(jackfield_agent_artifact, media_type, 16);
JACKFIELD_AT(jackfield_agent_artifact, data, 24);
JACKFIELD_TABLE jackfield_field jackfield_agent_artifact_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_artifact, U32, size),
    JACKFIELD_FIELD(jackfield_agent_artifact, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_artifact, TEXT, name),
    JACKFIELD_FIELD(jackfield_agent_artifact, TEXT, media_type),
    JACKFIELD_FIELD(jackfield_agent_artifact, DATA, data),
};
JACKFIELD_HEADED(jackfield_agent_artifact, 32);

JACKFIELD_SIZE(jackfield_agent_question, 40);
JACKFIELD_AT(jackfield_agent_question, size, 0);
JACKFIELD_AT(jackfield_agent_question, reserved, 4);
JACKFIELD_AT(jackfield_agent_question, id, 8);
JACKFIELD_AT(jackfield_agent_question, text, 16);
JACKFIELD_AT(jackfield_agent_question, options, 24);
JACKFIELD_TABLE jackfield_field jackfield_agent_question_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_question, U32, size),
    JACKFIELD_FIELD(jackfield_agent_question, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_question, TEXT, id),
    JACKFIELD_FIELD(jackfield_agent_question, TEXT, text),
    JACKFIELD_LIST_OF(jackfield_agent_question, options, jackfield_item),
};
JACKFIELD_HEADED(jackfield_agent_question, 40);

JACKFIELD_SIZE(jackfield_agent_progress, 24);
JACKFIELD_AT(jackfield_agent_progress, size, 0);
JACKFIELD_AT(jackfield_agent_progress, reserved, 4);
JACKFIELD_AT(jackfield_agent_progress, fraction, 8);
JACKFIELD_AT(jackfield_agent_progress, message, 16);
JACKFIELD_TABLE jackfield_field jackfield_agent_progress_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_progress, U32, size),
    JACKFIELD_FIELD(jackfield_agent_progress, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_progress, F64, fraction),
    JACKFIELD_FIELD(jackfield_agent_progress, TEXT, message),
};
JACKFIELD_HEADED(jackfield_agent_progress, 24);

JACKFIELD_SIZE(jackfield_agent_result, 40);
JACKFIELD_AT(jackfield_agent_result, size, 0);
JACKFIELD_AT(jackfield_agent_result, flags, 4);
JACKFIELD_AT(jackfield_agent_result, prompt_tokens, 8);
JACKFIELD_AT(jackfield_agent_result, completion_tokens, 16);
JACKFIELD_AT(jackfield_agent_result, upstream, 24);
JACKFIELD_AT(jackfield_agent_result, note, 32);
JACKFIELD_TABLE jackfield_field jackfield_agent_result_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_result, U32, size),
    JACKFIELD_FIELD(jackfield_agent_result, U32, flags),
    JACKFIELD_FIELD(jackfield_agent_result, U64, prompt_tokens),
    JACKFIELD_FIELD(jackfield_agent_result, U64, completion_tokens),
    JACKFIELD_FIELD(jackfield_agent_result, TEXT, upstream),
    JACKFIELD_FIELD(jackfield_agent_result, TEXT, note),
};
JACKFIELD_HEADED(jackfield_agent_result, 40);

JACKFIELD_TABLE jackfield_event_contract jackfield_agent_events[] = {
    {JACKFIELD_AGENT_EVENT_TEXT, 0, "text", &jackfield_agent_text_layout},
    {JACKFIELD_AGENT_EVENT_FINDING, 0, "finding", &jackfield_agent_finding_layout},
    {JACKFIELD_AGENT_EVENT_ARTIFACT, 0, "artifact", &jackfield_agent_artifact_layout},
    {JACKFIELD_AGENT_EVENT_QUESTION, 0, "question", &jackfield_agent_question_layout},
    {JACKFIELD_AGENT_EVENT_PROGRESS, 0, "progress", &jackfield_agent_progress_layout},
};

JACKFIELD_TABLE jackfield_method_contract jackfield_agent_methods[] = {
    {JACKFIELD_AGENT_DESCRIBE, 0, "describe", &jackfield_agent_describe_layout,
     &jackfield_agent_description_layout, NULL},
    {JACKFIELD_AGENT_INVOKE, JACKFIELD_COUNT(jackfield_agent_events), "invoke", &jackfield_agent_invoke_layout,
     &jackfield_agent_result_layout, jackfield_agent_events},
};

#endif
