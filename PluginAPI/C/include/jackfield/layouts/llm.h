/* llm.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_LLM_H
#define JACKFIELD_LAYOUTS_LLM_H

#include "../llm.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_llm_part, 56);
JACKFIELD_AT(jackfield_llm_part, kind, 0);
JACKFIELD_AT(jackfield_llm_part, reserved, 4);
JACKFIELD_AT(jackfield_llm_part, text, 8);
JACKFIELD_AT(jackfield_llm_part, media_type, 16);
JACKFIELD_AT(jackfield_llm_part, url, 24);
JACKFIELD_AT(jackfield_llm_part, detail, 32);
JACKFIELD_AT(jackfield_llm_part, data, 40);
JACKFIELD_AT(jackfield_llm_part, extra, 48);
JACKFIELD_TABLE jackfield_field jackfield_llm_part_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_part, U32, kind),
    JACKFIELD_FIELD(jackfield_llm_part, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_part, TEXT, text),
    JACKFIELD_FIELD(jackfield_llm_part, TEXT, media_type),
    JACKFIELD_FIELD(jackfield_llm_part, TEXT, url),
    JACKFIELD_FIELD(jackfield_llm_part, TEXT, detail),
    JACKFIELD_FIELD(jackfield_llm_part, DATA, data),
    JACKFIELD_FIELD(jackfield_llm_part, TEXT, extra),
};
JACKFIELD_ELEMENT(jackfield_llm_part, 56);

JACKFIELD_SIZE(jackfield_llm_call, 32);
JACKFIELD_AT(jackfield_llm_call, id, 0);
JACKFIELD_AT(jackfield_llm_call, name, 8);
JACKFIELD_AT(jackfield_llm_call, arguments, 16);
JACKFIELD_AT(jackfield_llm_call, extra, 24);
JACKFIELD_TABLE jackfield_field jackfield_llm_call_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, arguments),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, extra),
};
JACKFIELD_ELEMENT(jackfield_llm_call, 32);

JACKFIELD_SIZE(jackfield_llm_message, 72);
JACKFIELD_AT(jackfield_llm_message, role, 0);
JACKFIELD_AT(jackfield_llm_message, name, 8);
JACKFIELD_AT(jackfield_llm_message, tool_call_id, 16);
JACKFIELD_AT(jackfield_llm_message, reasoning, 24);
JACKFIELD_AT(jackfield_llm_message, extra, 32);
JACKFIELD_AT(jackfield_llm_message, parts, 40);
JACKFIELD_AT(jackfield_llm_message, calls, 56);
JACKFIELD_TABLE jackfield_field jackfield_llm_message_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_message, TEXT, role),
    JACKFIELD_FIELD(jackfield_llm_message, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_message, TEXT, tool_call_id),
    JACKFIELD_FIELD(jackfield_llm_message, TEXT, reasoning),
    JACKFIELD_FIELD(jackfield_llm_message, TEXT, extra),
    JACKFIELD_LIST_OF(jackfield_llm_message, parts, jackfield_llm_part),
    JACKFIELD_LIST_OF(jackfield_llm_message, calls, jackfield_llm_call),
};
JACKFIELD_ELEMENT(jackfield_llm_message, 72);

JACKFIELD_SIZE(jackfield_llm_tool, 40);
JACKFIELD_AT(jackfield_llm_tool, name, 0);
JACKFIELD_AT(jackfield_llm_tool, description, 8);
JACKFIELD_AT(jackfield_llm_tool, parameters, 16);
JACKFIELD_AT(jackfield_llm_tool, strict, 24);
JACKFIELD_AT(jackfield_llm_tool, reserved, 28);
JACKFIELD_AT(jackfield_llm_tool, extra, 32);
JACKFIELD_TABLE jackfield_field jackfield_llm_tool_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, description),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, parameters),
    JACKFIELD_FIELD(jackfield_llm_tool, U32, strict),
    JACKFIELD_FIELD(jackfield_llm_tool, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, extra),
};
JACKFIELD_ELEMENT(jackfield_llm_tool, 40);

JACKFIELD_SIZE(jackfield_llm_complete, 160);
JACKFIELD_AT(jackfield_llm_complete, size, 0);
JACKFIELD_AT(jackfield_llm_complete, present, 4);
JACKFIELD_AT(jackfield_llm_complete, flags, 8);
JACKFIELD_AT(jackfield_llm_complete, choices, 12);
JACKFIELD_AT(jackfield_llm_complete, max_tokens, 16);
JACKFIELD_AT(jackfield_llm_complete, top_logprobs, 20);
JACKFIELD_AT(jackfield_llm_complete, seed, 24);
JACKFIELD_AT(jackfield_llm_complete, temperature, 32);
JACKFIELD_AT(jackfield_llm_complete, top_p, 40);
JACKFIELD_AT(jackfield_llm_complete, frequency_penalty, 48);
JACKFIELD_AT(jackfield_llm_complete, presence_penalty, 56);
JACKFIELD_AT(jackfield_llm_complete, model, 64);
JACKFIELD_AT(jackfield_llm_complete, tool_choice, 72);
JACKFIELD_AT(jackfield_llm_complete, response_format, 80);
JACKFIELD_AT(jackfield_llm_complete, user, 88);
JACKFIELD_AT(jackfield_llm_complete, extra, 96);
JACKFIELD_AT(jackfield_llm_complete, messages, 104);
JACKFIELD_AT(jackfield_llm_complete, tools, 120);
JACKFIELD_AT(jackfield_llm_complete, stop, 136);
JACKFIELD_AT(jackfield_llm_complete, tool_rounds, 152);
JACKFIELD_AT(jackfield_llm_complete, reserved, 156);
JACKFIELD_TABLE jackfield_field jackfield_llm_complete_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_complete, U32, size),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, present),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, choices),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, max_tokens),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, top_logprobs),
    JACKFIELD_FIELD(jackfield_llm_complete, I64, seed),
    JACKFIELD_FIELD(jackfield_llm_complete, F64, temperature),
    JACKFIELD_FIELD(jackfield_llm_complete, F64, top_p),
    JACKFIELD_FIELD(jackfield_llm_complete, F64, frequency_penalty),
    JACKFIELD_FIELD(jackfield_llm_complete, F64, presence_penalty),
    JACKFIELD_FIELD(jackfield_llm_complete, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_complete, TEXT, tool_choice),
    JACKFIELD_FIELD(jackfield_llm_complete, TEXT, response_format),
    JACKFIELD_FIELD(jackfield_llm_complete, TEXT, user),
    JACKFIELD_FIELD(jackfield_llm_complete, TEXT, extra),
    JACKFIELD_LIST_OF(jackfield_llm_complete, messages, jackfield_llm_message),
    JACKFIELD_LIST_OF(jackfield_llm_complete, tools, jackfield_llm_tool),
    JACKFIELD_LIST_OF(jackfield_llm_complete, stop, jackfield_item),
    JACKFIELD_FIELD(jackfield_llm_complete, U32, tool_rounds),
    JACKFIELD_FIELD(jackfield_llm_complete, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_llm_complete, 160);

JACKFIELD_SIZE(jackfield_llm_text, 24);
JACKFIELD_AT(jackfield_llm_text, size, 0);
JACKFIELD_AT(jackfield_llm_text, choice, 4);
JACKFIELD_AT(jackfield_llm_text, kind, 8);
JACKFIELD_AT(jackfield_llm_text, reserved, 12);
JACKFIELD_AT(jackfield_llm_text, text, 16);
JACKFIELD_TABLE jackfield_field jackfield_llm_text_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_text, U32, size),
    JACKFIELD_FIELD(jackfield_llm_text, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_text, U32, kind),
    JACKFIELD_FIELD(jackfield_llm_text, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_text, TEXT, text),
};
JACKFIELD_HEADED(jackfield_llm_text, 24);

JACKFIELD_SIZE(jackfield_llm_tool_call, 40);
JACKFIELD_AT(jackfield_llm_tool_call, size, 0);
JACKFIELD_AT(jackfield_llm_tool_call, choice, 4);
JACKFIELD_AT(jackfield_llm_tool_call, index, 8);
JACKFIELD_AT(jackfield_llm_tool_call, reserved, 12);
JACKFIELD_AT(jackfield_llm_tool_call, id, 16);
JACKFIELD_AT(jackfield_llm_tool_call, name, 24);
JACKFIELD_AT(jackfield_llm_tool_call, arguments, 32);
JACKFIELD_TABLE jackfield_field jackfield_llm_tool_call_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_tool_call, U32, size),
    JACKFIELD_FIELD(jackfield_llm_tool_call, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_tool_call, U32, index),
    JACKFIELD_FIELD(jackfield_llm_tool_call, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_tool_call, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_tool_call, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_tool_call, TEXT, arguments),
};
JACKFIELD_HEADED(jackfield_llm_tool_call, 40);

JACKFIELD_SIZE(jackfield_llm_stop, 16);
JACKFIELD_AT(jackfield_llm_stop, size, 0);
JACKFIELD_AT(jackfield_llm_stop, choice, 4);
JACKFIELD_AT(jackfield_llm_stop, reason, 8);
JACKFIELD_TABLE jackfield_field jackfield_llm_stop_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_stop, U32, size),
    JACKFIELD_FIELD(jackfield_llm_stop, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_stop, TEXT, reason),
};
JACKFIELD_HEADED(jackfield_llm_stop, 16);

JACKFIELD_SIZE(jackfield_llm_usage, 56);
JACKFIELD_AT(jackfield_llm_usage, size, 0);
JACKFIELD_AT(jackfield_llm_usage, flags, 4);
JACKFIELD_AT(jackfield_llm_usage, prompt_tokens, 8);
JACKFIELD_AT(jackfield_llm_usage, completion_tokens, 16);
JACKFIELD_AT(jackfield_llm_usage, total_tokens, 24);
JACKFIELD_AT(jackfield_llm_usage, cached_tokens, 32);
JACKFIELD_AT(jackfield_llm_usage, cache_write_tokens, 40);
JACKFIELD_AT(jackfield_llm_usage, reasoning_tokens, 48);
JACKFIELD_TABLE jackfield_field jackfield_llm_usage_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_usage, U32, size),
    JACKFIELD_FIELD(jackfield_llm_usage, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, prompt_tokens),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, completion_tokens),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, total_tokens),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, cached_tokens),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, cache_write_tokens),
    JACKFIELD_FIELD(jackfield_llm_usage, U64, reasoning_tokens),
};
JACKFIELD_HEADED(jackfield_llm_usage, 56);

JACKFIELD_SIZE(jackfield_llm_logprobs, 16);
JACKFIELD_AT(jackfield_llm_logprobs, size, 0);
JACKFIELD_AT(jackfield_llm_logprobs, choice, 4);
JACKFIELD_AT(jackfield_llm_logprobs, json, 8);
JACKFIELD_TABLE jackfield_field jackfield_llm_logprobs_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_logprobs, U32, size),
    JACKFIELD_FIELD(jackfield_llm_logprobs, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_logprobs, TEXT, json),
};
JACKFIELD_HEADED(jackfield_llm_logprobs, 16);

JACKFIELD_SIZE(jackfield_llm_extra, 16);
JACKFIELD_AT(jackfield_llm_extra, size, 0);
JACKFIELD_AT(jackfield_llm_extra, choice, 4);
JACKFIELD_AT(jackfield_llm_extra, json, 8);
JACKFIELD_TABLE jackfield_field jackfield_llm_extra_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_extra, U32, size),
    JACKFIELD_FIELD(jackfield_llm_extra, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_extra, TEXT, json),
};
JACKFIELD_HEADED(jackfield_llm_extra, 16);

JACKFIELD_SIZE(jackfield_llm_tool_run, 56);
JACKFIELD_AT(jackfield_llm_tool_run, size, 0);
JACKFIELD_AT(jackfield_llm_tool_run, code, 4);
JACKFIELD_AT(jackfield_llm_tool_run, flags, 8);
JACKFIELD_AT(jackfield_llm_tool_run, round, 12);
JACKFIELD_AT(jackfield_llm_tool_run, duration, 16);
JACKFIELD_AT(jackfield_llm_tool_run, id, 24);
JACKFIELD_AT(jackfield_llm_tool_run, name, 32);
JACKFIELD_AT(jackfield_llm_tool_run, arguments, 40);
JACKFIELD_AT(jackfield_llm_tool_run, content, 48);
JACKFIELD_TABLE jackfield_field jackfield_llm_tool_run_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_tool_run, U32, size),
    JACKFIELD_FIELD(jackfield_llm_tool_run, I32, code),
    JACKFIELD_FIELD(jackfield_llm_tool_run, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_tool_run, U32, round),
    JACKFIELD_FIELD(jackfield_llm_tool_run, I64, duration),
    JACKFIELD_FIELD(jackfield_llm_tool_run, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_tool_run, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_tool_run, TEXT, arguments),
    JACKFIELD_FIELD(jackfield_llm_tool_run, TEXT, content),
};
JACKFIELD_HEADED(jackfield_llm_tool_run, 56);

JACKFIELD_SIZE(jackfield_llm_complete_result, 40);
JACKFIELD_AT(jackfield_llm_complete_result, size, 0);
JACKFIELD_AT(jackfield_llm_complete_result, flags, 4);
JACKFIELD_AT(jackfield_llm_complete_result, id, 8);
JACKFIELD_AT(jackfield_llm_complete_result, model, 16);
JACKFIELD_AT(jackfield_llm_complete_result, upstream, 24);
JACKFIELD_AT(jackfield_llm_complete_result, extra, 32);
JACKFIELD_TABLE jackfield_field jackfield_llm_complete_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_complete_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_complete_result, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, upstream),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, extra),
};
JACKFIELD_HEADED(jackfield_llm_complete_result, 40);

JACKFIELD_SIZE(jackfield_llm_models, 8);
JACKFIELD_AT(jackfield_llm_models, size, 0);
JACKFIELD_AT(jackfield_llm_models, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_llm_models_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_models, U32, size),
    JACKFIELD_FIELD(jackfield_llm_models, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_llm_models, 8);

JACKFIELD_SIZE(jackfield_llm_model, 32);
JACKFIELD_AT(jackfield_llm_model, id, 0);
JACKFIELD_AT(jackfield_llm_model, owner, 8);
JACKFIELD_AT(jackfield_llm_model, created, 16);
JACKFIELD_AT(jackfield_llm_model, flags, 24);
JACKFIELD_AT(jackfield_llm_model, reserved, 28);
JACKFIELD_TABLE jackfield_field jackfield_llm_model_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_model, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_model, TEXT, owner),
    JACKFIELD_FIELD(jackfield_llm_model, I64, created),
    JACKFIELD_FIELD(jackfield_llm_model, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_model, ZERO, reserved),
};
JACKFIELD_ELEMENT(jackfield_llm_model, 32);

JACKFIELD_SIZE(jackfield_llm_models_result, 24);
JACKFIELD_AT(jackfield_llm_models_result, size, 0);
JACKFIELD_AT(jackfield_llm_models_result, reserved, 4);
JACKFIELD_AT(jackfield_llm_models_result, models, 8);
JACKFIELD_TABLE jackfield_field jackfield_llm_models_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_models_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_models_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_llm_models_result, models, jackfield_llm_model),
};
JACKFIELD_HEADED(jackfield_llm_models_result, 24);

JACKFIELD_SIZE(jackfield_llm_embed, 48);
JACKFIELD_AT(jackfield_llm_embed, size, 0);
JACKFIELD_AT(jackfield_llm_embed, dimensions, 4);
JACKFIELD_AT(jackfield_llm_embed, model, 8);
JACKFIELD_AT(jackfield_llm_embed, user, 16);
JACKFIELD_AT(jackfield_llm_embed, extra, 24);
JACKFIELD_AT(jackfield_llm_embed, input, 32);
JACKFIELD_TABLE jackfield_field jackfield_llm_embed_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_embed, U32, size),
    JACKFIELD_FIELD(jackfield_llm_embed, U32, dimensions),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, user),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, extra),
    JACKFIELD_LIST_OF(jackfield_llm_embed, input, jackfield_item),
};
JACKFIELD_HEADED(jackfield_llm_embed, 48);

JACKFIELD_SIZE(jackfield_llm_vector, 8);
JACKFIELD_AT(jackfield_llm_vector, values, 0);
JACKFIELD_TABLE jackfield_field jackfield_llm_vector_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_vector, DATA, values),
};
JACKFIELD_ELEMENT(jackfield_llm_vector, 8);

JACKFIELD_SIZE(jackfield_llm_embed_result, 48);
JACKFIELD_AT(jackfield_llm_embed_result, size, 0);
JACKFIELD_AT(jackfield_llm_embed_result, reserved, 4);
JACKFIELD_AT(jackfield_llm_embed_result, prompt_tokens, 8);
JACKFIELD_AT(jackfield_llm_embed_result, model, 16);
JACKFIELD_AT(jackfield_llm_embed_result, upstream, 24);
JACKFIELD_AT(jackfield_llm_embed_result, vectors, 32);
JACKFIELD_TABLE jackfield_field jackfield_llm_embed_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_embed_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_embed_result, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_embed_result, U64, prompt_tokens),
    JACKFIELD_FIELD(jackfield_llm_embed_result, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_embed_result, TEXT, upstream),
    JACKFIELD_LIST_OF(jackfield_llm_embed_result, vectors, jackfield_llm_vector),
};
JACKFIELD_HEADED(jackfield_llm_embed_result, 48);

JACKFIELD_TABLE jackfield_event_contract jackfield_llm_events[] = {
    {JACKFIELD_LLM_EVENT_TEXT, 0, "text", &jackfield_llm_text_layout},
    {JACKFIELD_LLM_EVENT_TOOL_CALL, 0, "tool_call", &jackfield_llm_tool_call_layout},
    {JACKFIELD_LLM_EVENT_STOP, 0, "stop", &jackfield_llm_stop_layout},
    {JACKFIELD_LLM_EVENT_USAGE, 0, "usage", &jackfield_llm_usage_layout},
    {JACKFIELD_LLM_EVENT_LOGPROBS, 0, "logprobs", &jackfield_llm_logprobs_layout},
    {JACKFIELD_LLM_EVENT_EXTRA, 0, "extra", &jackfield_llm_extra_layout},
    {JACKFIELD_LLM_EVENT_TOOL_RUN, 0, "tool_run", &jackfield_llm_tool_run_layout},
};

JACKFIELD_TABLE jackfield_method_contract jackfield_llm_methods[] = {
    {JACKFIELD_LLM_MODELS, 0, "models", &jackfield_llm_models_layout,
     &jackfield_llm_models_result_layout, NULL},
    {JACKFIELD_LLM_COMPLETE, JACKFIELD_COUNT(jackfield_llm_events), "complete", &jackfield_llm_complete_layout,
     &jackfield_llm_complete_result_layout, jackfield_llm_events},
    {JACKFIELD_LLM_EMBED, 0, "embed", &jackfield_llm_embed_layout,
     &jackfield_llm_embed_result_layout, NULL},
};

#endif
