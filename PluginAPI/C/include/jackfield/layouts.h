/*
 * The layout table of every payload, and the contract of every role and service: which methods and events there are
 * and which struct each carries.
 */
#ifndef JACKFIELD_LAYOUTS_H
#define JACKFIELD_LAYOUTS_H

#include "agent.h"
#include "agents.h"
#include "exporter.h"
#include "http.h"
#include "layout.h"
#include "llm.h"
#include "log.h"
#include "metrics.h"
#include "secrets.h"
#include "timer.h"
#include "validator.h"

#if defined(__GNUC__)
#define JACKFIELD_TABLE static const __attribute__((unused))
#else
#define JACKFIELD_TABLE static const
#endif

#define JACKFIELD_FIELD(type, kind, field) {#field, (uint32_t)offsetof(type, field), JACKFIELD_KIND_##kind, NULL}
#define JACKFIELD_LIST_OF(type, field, element) \
  {#field, (uint32_t)offsetof(type, field), JACKFIELD_KIND_LIST, &element##_layout}
#define JACKFIELD_COUNT(table) ((uint32_t)(sizeof(table) / sizeof(table)[0]))

/* A struct that begins with `size`, and one that is sized by its list's stride; `least` is its first released size. */
#define JACKFIELD_HEADED(type, least) \
  JACKFIELD_TABLE jackfield_layout type##_layout = {#type, (uint32_t)sizeof(type), least, 1, \
                                                    JACKFIELD_COUNT(type##_fields), type##_fields}
#define JACKFIELD_ELEMENT(type, least) \
  JACKFIELD_TABLE jackfield_layout type##_layout = {#type, (uint32_t)sizeof(type), least, 0, \
                                                    JACKFIELD_COUNT(type##_fields), type##_fields}

/* payload.h */

JACKFIELD_TABLE jackfield_field jackfield_item_fields[] = {
    JACKFIELD_FIELD(jackfield_item, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_item, 8);

JACKFIELD_TABLE jackfield_field jackfield_pair_fields[] = {
    JACKFIELD_FIELD(jackfield_pair, TEXT, name),
    JACKFIELD_FIELD(jackfield_pair, TEXT, value),
};
JACKFIELD_ELEMENT(jackfield_pair, 16);

JACKFIELD_TABLE jackfield_field jackfield_context_fields[] = {
    JACKFIELD_FIELD(jackfield_context, U32, size),
    JACKFIELD_FIELD(jackfield_context, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_context, TEXT, request_id),
    JACKFIELD_FIELD(jackfield_context, TEXT, trace_parent),
    JACKFIELD_FIELD(jackfield_context, TEXT, tenant),
    JACKFIELD_FIELD(jackfield_context, TEXT, user),
    JACKFIELD_FIELD(jackfield_context, TEXT, session),
};
JACKFIELD_HEADED(jackfield_context, 48);

/* agent.h */

JACKFIELD_TABLE jackfield_field jackfield_agent_describe_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_describe, U32, size),
    JACKFIELD_FIELD(jackfield_agent_describe, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_agent_describe, 8);

JACKFIELD_TABLE jackfield_field jackfield_agent_capability_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_capability, TEXT, id),
    JACKFIELD_FIELD(jackfield_agent_capability, TEXT, description),
    JACKFIELD_LIST_OF(jackfield_agent_capability, keywords, jackfield_item),
    JACKFIELD_LIST_OF(jackfield_agent_capability, examples, jackfield_item),
};
JACKFIELD_ELEMENT(jackfield_agent_capability, 48);

JACKFIELD_TABLE jackfield_field jackfield_agent_description_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_description, U32, size),
    JACKFIELD_FIELD(jackfield_agent_description, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_description, TEXT, summary),
    JACKFIELD_LIST_OF(jackfield_agent_description, capabilities, jackfield_agent_capability),
};
JACKFIELD_HEADED(jackfield_agent_description, 32);

JACKFIELD_TABLE jackfield_field jackfield_agent_turn_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_turn, TEXT, role),
    JACKFIELD_FIELD(jackfield_agent_turn, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_agent_turn, 16);

JACKFIELD_TABLE jackfield_field jackfield_agent_invoke_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_invoke, U32, size),
    JACKFIELD_FIELD(jackfield_agent_invoke, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, input),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, model),
    JACKFIELD_FIELD(jackfield_agent_invoke, TEXT, context),
    JACKFIELD_LIST_OF(jackfield_agent_invoke, history, jackfield_agent_turn),
};
JACKFIELD_HEADED(jackfield_agent_invoke, 48);

JACKFIELD_TABLE jackfield_field jackfield_agent_text_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_text, U32, size),
    JACKFIELD_FIELD(jackfield_agent_text, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_text, TEXT, text),
};
JACKFIELD_HEADED(jackfield_agent_text, 16);

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

JACKFIELD_TABLE jackfield_field jackfield_agent_artifact_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_artifact, U32, size),
    JACKFIELD_FIELD(jackfield_agent_artifact, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_artifact, TEXT, name),
    JACKFIELD_FIELD(jackfield_agent_artifact, TEXT, media_type),
    JACKFIELD_FIELD(jackfield_agent_artifact, DATA, data),
};
JACKFIELD_HEADED(jackfield_agent_artifact, 32);

JACKFIELD_TABLE jackfield_field jackfield_agent_question_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_question, U32, size),
    JACKFIELD_FIELD(jackfield_agent_question, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_question, TEXT, id),
    JACKFIELD_FIELD(jackfield_agent_question, TEXT, text),
    JACKFIELD_LIST_OF(jackfield_agent_question, options, jackfield_item),
};
JACKFIELD_HEADED(jackfield_agent_question, 40);

JACKFIELD_TABLE jackfield_field jackfield_agent_progress_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_progress, U32, size),
    JACKFIELD_FIELD(jackfield_agent_progress, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agent_progress, F64, fraction),
    JACKFIELD_FIELD(jackfield_agent_progress, TEXT, message),
};
JACKFIELD_HEADED(jackfield_agent_progress, 24);

JACKFIELD_TABLE jackfield_field jackfield_agent_result_fields[] = {
    JACKFIELD_FIELD(jackfield_agent_result, U32, size),
    JACKFIELD_FIELD(jackfield_agent_result, U32, flags),
    JACKFIELD_FIELD(jackfield_agent_result, U64, prompt_tokens),
    JACKFIELD_FIELD(jackfield_agent_result, U64, completion_tokens),
    JACKFIELD_FIELD(jackfield_agent_result, TEXT, upstream),
    JACKFIELD_FIELD(jackfield_agent_result, TEXT, note),
};
JACKFIELD_HEADED(jackfield_agent_result, 40);

/* llm.h */

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

JACKFIELD_TABLE jackfield_field jackfield_llm_call_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, arguments),
    JACKFIELD_FIELD(jackfield_llm_call, TEXT, extra),
};
JACKFIELD_ELEMENT(jackfield_llm_call, 32);

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

JACKFIELD_TABLE jackfield_field jackfield_llm_tool_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, name),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, description),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, parameters),
    JACKFIELD_FIELD(jackfield_llm_tool, U32, strict),
    JACKFIELD_FIELD(jackfield_llm_tool, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_tool, TEXT, extra),
};
JACKFIELD_ELEMENT(jackfield_llm_tool, 40);

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
};
JACKFIELD_HEADED(jackfield_llm_complete, 152);

JACKFIELD_TABLE jackfield_field jackfield_llm_text_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_text, U32, size),
    JACKFIELD_FIELD(jackfield_llm_text, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_text, U32, kind),
    JACKFIELD_FIELD(jackfield_llm_text, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_llm_text, TEXT, text),
};
JACKFIELD_HEADED(jackfield_llm_text, 24);

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

JACKFIELD_TABLE jackfield_field jackfield_llm_stop_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_stop, U32, size),
    JACKFIELD_FIELD(jackfield_llm_stop, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_stop, TEXT, reason),
};
JACKFIELD_HEADED(jackfield_llm_stop, 16);

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

JACKFIELD_TABLE jackfield_field jackfield_llm_logprobs_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_logprobs, U32, size),
    JACKFIELD_FIELD(jackfield_llm_logprobs, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_logprobs, TEXT, json),
};
JACKFIELD_HEADED(jackfield_llm_logprobs, 16);

JACKFIELD_TABLE jackfield_field jackfield_llm_extra_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_extra, U32, size),
    JACKFIELD_FIELD(jackfield_llm_extra, U32, choice),
    JACKFIELD_FIELD(jackfield_llm_extra, TEXT, json),
};
JACKFIELD_HEADED(jackfield_llm_extra, 16);

JACKFIELD_TABLE jackfield_field jackfield_llm_complete_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_complete_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_complete_result, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, upstream),
    JACKFIELD_FIELD(jackfield_llm_complete_result, TEXT, extra),
};
JACKFIELD_HEADED(jackfield_llm_complete_result, 40);

JACKFIELD_TABLE jackfield_field jackfield_llm_models_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_models, U32, size),
    JACKFIELD_FIELD(jackfield_llm_models, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_llm_models, 8);

JACKFIELD_TABLE jackfield_field jackfield_llm_model_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_model, TEXT, id),
    JACKFIELD_FIELD(jackfield_llm_model, TEXT, owner),
    JACKFIELD_FIELD(jackfield_llm_model, I64, created),
    JACKFIELD_FIELD(jackfield_llm_model, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_model, ZERO, reserved),
};
JACKFIELD_ELEMENT(jackfield_llm_model, 32);

JACKFIELD_TABLE jackfield_field jackfield_llm_models_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_models_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_models_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_llm_models_result, models, jackfield_llm_model),
};
JACKFIELD_HEADED(jackfield_llm_models_result, 24);

JACKFIELD_TABLE jackfield_field jackfield_llm_embed_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_embed, U32, size),
    JACKFIELD_FIELD(jackfield_llm_embed, U32, dimensions),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, user),
    JACKFIELD_FIELD(jackfield_llm_embed, TEXT, extra),
    JACKFIELD_LIST_OF(jackfield_llm_embed, input, jackfield_item),
};
JACKFIELD_HEADED(jackfield_llm_embed, 48);

JACKFIELD_TABLE jackfield_field jackfield_llm_vector_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_vector, DATA, values),
};
JACKFIELD_ELEMENT(jackfield_llm_vector, 8);

JACKFIELD_TABLE jackfield_field jackfield_llm_embed_result_fields[] = {
    JACKFIELD_FIELD(jackfield_llm_embed_result, U32, size),
    JACKFIELD_FIELD(jackfield_llm_embed_result, U32, flags),
    JACKFIELD_FIELD(jackfield_llm_embed_result, U64, prompt_tokens),
    JACKFIELD_FIELD(jackfield_llm_embed_result, TEXT, model),
    JACKFIELD_FIELD(jackfield_llm_embed_result, TEXT, upstream),
    JACKFIELD_LIST_OF(jackfield_llm_embed_result, vectors, jackfield_llm_vector),
};
JACKFIELD_HEADED(jackfield_llm_embed_result, 48);

/* validator.h */

JACKFIELD_TABLE jackfield_field jackfield_validator_segment_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_segment, TEXT, role),
    JACKFIELD_FIELD(jackfield_validator_segment, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_validator_segment, 16);

JACKFIELD_TABLE jackfield_field jackfield_validator_check_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_check, U32, size),
    JACKFIELD_FIELD(jackfield_validator_check, U32, direction),
    JACKFIELD_FIELD(jackfield_validator_check, U32, final),
    JACKFIELD_FIELD(jackfield_validator_check, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_validator_check, segments, jackfield_validator_segment),
};
JACKFIELD_HEADED(jackfield_validator_check, 32);

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

JACKFIELD_TABLE jackfield_field jackfield_validator_rewrite_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_rewrite, U32, segment),
    JACKFIELD_FIELD(jackfield_validator_rewrite, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_validator_rewrite, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_validator_rewrite, 16);

JACKFIELD_TABLE jackfield_field jackfield_validator_settled_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_settled, U64, bytes),
};
JACKFIELD_ELEMENT(jackfield_validator_settled, 8);

JACKFIELD_TABLE jackfield_field jackfield_validator_verdict_fields[] = {
    JACKFIELD_FIELD(jackfield_validator_verdict, U32, size),
    JACKFIELD_FIELD(jackfield_validator_verdict, U32, action),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, findings, jackfield_validator_finding),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, rewrites, jackfield_validator_rewrite),
    JACKFIELD_LIST_OF(jackfield_validator_verdict, settled, jackfield_validator_settled),
};
JACKFIELD_HEADED(jackfield_validator_verdict, 56);

/* exporter.h */

JACKFIELD_TABLE jackfield_field jackfield_exporter_bucket_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_bucket, F64, upper),
    JACKFIELD_FIELD(jackfield_exporter_bucket, U64, count),
};
JACKFIELD_ELEMENT(jackfield_exporter_bucket, 16);

JACKFIELD_TABLE jackfield_field jackfield_exporter_sample_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_sample, F64, value),
    JACKFIELD_FIELD(jackfield_exporter_sample, U64, count),
    JACKFIELD_LIST_OF(jackfield_exporter_sample, labels, jackfield_pair),
    JACKFIELD_LIST_OF(jackfield_exporter_sample, buckets, jackfield_exporter_bucket),
};
JACKFIELD_ELEMENT(jackfield_exporter_sample, 48);

JACKFIELD_TABLE jackfield_field jackfield_exporter_family_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_family, U32, kind),
    JACKFIELD_FIELD(jackfield_exporter_family, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, name),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, unit),
    JACKFIELD_FIELD(jackfield_exporter_family, TEXT, help),
    JACKFIELD_LIST_OF(jackfield_exporter_family, samples, jackfield_exporter_sample),
};
JACKFIELD_ELEMENT(jackfield_exporter_family, 48);

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

JACKFIELD_TABLE jackfield_field jackfield_exporter_snapshot_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_snapshot, U32, size),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, I64, time),
    JACKFIELD_FIELD(jackfield_exporter_snapshot, TEXT, accept),
    JACKFIELD_LIST_OF(jackfield_exporter_snapshot, families, jackfield_exporter_family),
    JACKFIELD_LIST_OF(jackfield_exporter_snapshot, spans, jackfield_exporter_span),
};
JACKFIELD_HEADED(jackfield_exporter_snapshot, 56);

JACKFIELD_TABLE jackfield_field jackfield_exporter_rendering_fields[] = {
    JACKFIELD_FIELD(jackfield_exporter_rendering, U32, size),
    JACKFIELD_FIELD(jackfield_exporter_rendering, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_exporter_rendering, TEXT, content_type),
    JACKFIELD_FIELD(jackfield_exporter_rendering, DATA, body),
};
JACKFIELD_HEADED(jackfield_exporter_rendering, 24);

JACKFIELD_TABLE jackfield_field jackfield_empty_fields[] = {
    JACKFIELD_FIELD(jackfield_empty, U32, size),
    JACKFIELD_FIELD(jackfield_empty, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_empty, 8);

/* log.h */

JACKFIELD_TABLE jackfield_field jackfield_log_write_fields[] = {
    JACKFIELD_FIELD(jackfield_log_write, U32, size),
    JACKFIELD_FIELD(jackfield_log_write, U32, level),
    JACKFIELD_FIELD(jackfield_log_write, TEXT, message),
    JACKFIELD_LIST_OF(jackfield_log_write, fields, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_log_write, 32);

/* metrics.h */

JACKFIELD_TABLE jackfield_field jackfield_metrics_record_fields[] = {
    JACKFIELD_FIELD(jackfield_metrics_record, U32, size),
    JACKFIELD_FIELD(jackfield_metrics_record, U32, kind),
    JACKFIELD_FIELD(jackfield_metrics_record, F64, value),
    JACKFIELD_FIELD(jackfield_metrics_record, TEXT, name),
    JACKFIELD_FIELD(jackfield_metrics_record, TEXT, unit),
    JACKFIELD_LIST_OF(jackfield_metrics_record, labels, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_metrics_record, 48);

/* http.h */

JACKFIELD_TABLE jackfield_field jackfield_http_request_fields[] = {
    JACKFIELD_FIELD(jackfield_http_request, U32, size),
    JACKFIELD_FIELD(jackfield_http_request, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_http_request, TEXT, method),
    JACKFIELD_FIELD(jackfield_http_request, TEXT, url),
    JACKFIELD_LIST_OF(jackfield_http_request, headers, jackfield_pair),
    JACKFIELD_FIELD(jackfield_http_request, DATA, body),
};
JACKFIELD_HEADED(jackfield_http_request, 48);

JACKFIELD_TABLE jackfield_field jackfield_http_head_fields[] = {
    JACKFIELD_FIELD(jackfield_http_head, U32, size),
    JACKFIELD_FIELD(jackfield_http_head, U32, status),
    JACKFIELD_LIST_OF(jackfield_http_head, headers, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_http_head, 24);

JACKFIELD_TABLE jackfield_field jackfield_http_body_fields[] = {
    JACKFIELD_FIELD(jackfield_http_body, U32, size),
    JACKFIELD_FIELD(jackfield_http_body, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_http_body, DATA, data),
};
JACKFIELD_HEADED(jackfield_http_body, 16);

/* agents.h */

JACKFIELD_TABLE jackfield_field jackfield_agents_list_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_list, U32, size),
    JACKFIELD_FIELD(jackfield_agents_list, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_agents_list, 8);

JACKFIELD_TABLE jackfield_field jackfield_agents_entry_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_entry, TEXT, id),
    JACKFIELD_FIELD(jackfield_agents_entry, TEXT, summary),
};
JACKFIELD_ELEMENT(jackfield_agents_entry, 16);

JACKFIELD_TABLE jackfield_field jackfield_agents_list_result_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_list_result, U32, size),
    JACKFIELD_FIELD(jackfield_agents_list_result, ZERO, reserved),
    JACKFIELD_LIST_OF(jackfield_agents_list_result, agents, jackfield_agents_entry),
};
JACKFIELD_HEADED(jackfield_agents_list_result, 24);

JACKFIELD_TABLE jackfield_field jackfield_agents_invoke_fields[] = {
    JACKFIELD_FIELD(jackfield_agents_invoke, U32, size),
    JACKFIELD_FIELD(jackfield_agents_invoke, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, agent),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, input),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, model),
    JACKFIELD_FIELD(jackfield_agents_invoke, TEXT, context),
};
JACKFIELD_HEADED(jackfield_agents_invoke, 40);

/* timer.h */

JACKFIELD_TABLE jackfield_field jackfield_timer_after_fields[] = {
    JACKFIELD_FIELD(jackfield_timer_after, U32, size),
    JACKFIELD_FIELD(jackfield_timer_after, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_timer_after, I64, delay),
};
JACKFIELD_HEADED(jackfield_timer_after, 16);

/* secrets.h */

JACKFIELD_TABLE jackfield_field jackfield_secrets_get_fields[] = {
    JACKFIELD_FIELD(jackfield_secrets_get, U32, size),
    JACKFIELD_FIELD(jackfield_secrets_get, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_secrets_get, TEXT, name),
};
JACKFIELD_HEADED(jackfield_secrets_get, 16);

JACKFIELD_TABLE jackfield_field jackfield_secrets_value_fields[] = {
    JACKFIELD_FIELD(jackfield_secrets_value, U32, size),
    JACKFIELD_FIELD(jackfield_secrets_value, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_secrets_value, TEXT, value),
};
JACKFIELD_HEADED(jackfield_secrets_value, 16);

/* ---- Contracts -------------------------------------------------------------------------------------------------- */

JACKFIELD_TABLE jackfield_event_contract jackfield_agent_events[] = {
    {JACKFIELD_AGENT_EVENT_TEXT, 0, "text", &jackfield_agent_text_layout},
    {JACKFIELD_AGENT_EVENT_FINDING, 0, "finding", &jackfield_agent_finding_layout},
    {JACKFIELD_AGENT_EVENT_ARTIFACT, 0, "artifact", &jackfield_agent_artifact_layout},
    {JACKFIELD_AGENT_EVENT_QUESTION, 0, "question", &jackfield_agent_question_layout},
    {JACKFIELD_AGENT_EVENT_PROGRESS, 0, "progress", &jackfield_agent_progress_layout},
};
JACKFIELD_TABLE jackfield_event_contract jackfield_llm_events[] = {
    {JACKFIELD_LLM_EVENT_TEXT, 0, "text", &jackfield_llm_text_layout},
    {JACKFIELD_LLM_EVENT_TOOL_CALL, 0, "tool_call", &jackfield_llm_tool_call_layout},
    {JACKFIELD_LLM_EVENT_STOP, 0, "stop", &jackfield_llm_stop_layout},
    {JACKFIELD_LLM_EVENT_USAGE, 0, "usage", &jackfield_llm_usage_layout},
    {JACKFIELD_LLM_EVENT_LOGPROBS, 0, "logprobs", &jackfield_llm_logprobs_layout},
    {JACKFIELD_LLM_EVENT_EXTRA, 0, "extra", &jackfield_llm_extra_layout},
};
JACKFIELD_TABLE jackfield_event_contract jackfield_http_events[] = {
    {JACKFIELD_HTTP_EVENT_HEAD, 0, "head", &jackfield_http_head_layout},
    {JACKFIELD_HTTP_EVENT_BODY, 0, "body", &jackfield_http_body_layout},
};

JACKFIELD_TABLE jackfield_method_contract jackfield_agent_methods[] = {
    {JACKFIELD_AGENT_DESCRIBE, 0, "describe", &jackfield_agent_describe_layout, &jackfield_agent_description_layout, NULL},
    {JACKFIELD_AGENT_INVOKE, JACKFIELD_COUNT(jackfield_agent_events), "invoke", &jackfield_agent_invoke_layout, &jackfield_agent_result_layout, jackfield_agent_events},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_llm_methods[] = {
    {JACKFIELD_LLM_MODELS, 0, "models", &jackfield_llm_models_layout, &jackfield_llm_models_result_layout, NULL},
    {JACKFIELD_LLM_COMPLETE, JACKFIELD_COUNT(jackfield_llm_events), "complete", &jackfield_llm_complete_layout, &jackfield_llm_complete_result_layout, jackfield_llm_events},
    {JACKFIELD_LLM_EMBED, 0, "embed", &jackfield_llm_embed_layout, &jackfield_llm_embed_result_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_validator_methods[] = {
    {JACKFIELD_VALIDATOR_CHECK, 0, "check", &jackfield_validator_check_layout, &jackfield_validator_verdict_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_exporter_methods[] = {
    {JACKFIELD_EXPORTER_PUSH, 0, "push", &jackfield_exporter_snapshot_layout, &jackfield_empty_layout, NULL},
    {JACKFIELD_EXPORTER_RENDER, 0, "render", &jackfield_exporter_snapshot_layout, &jackfield_exporter_rendering_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_agents_methods[] = {
    {JACKFIELD_AGENTS_LIST, 0, "list", &jackfield_agents_list_layout, &jackfield_agents_list_result_layout, NULL},
    {JACKFIELD_AGENTS_INVOKE, JACKFIELD_COUNT(jackfield_agent_events), "invoke", &jackfield_agents_invoke_layout, &jackfield_agent_result_layout, jackfield_agent_events},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_http_methods[] = {
    {JACKFIELD_HTTP_REQUEST, JACKFIELD_COUNT(jackfield_http_events), "request", &jackfield_http_request_layout, &jackfield_empty_layout, jackfield_http_events},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_log_methods[] = {
    {JACKFIELD_LOG_WRITE, 0, "write", &jackfield_log_write_layout, &jackfield_empty_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_metrics_methods[] = {
    {JACKFIELD_METRICS_RECORD, 0, "record", &jackfield_metrics_record_layout, &jackfield_empty_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_secrets_methods[] = {
    {JACKFIELD_SECRETS_GET, 0, "get", &jackfield_secrets_get_layout, &jackfield_secrets_value_layout, NULL},
};
JACKFIELD_TABLE jackfield_method_contract jackfield_timer_methods[] = {
    {JACKFIELD_TIMER_AFTER, 0, "after", &jackfield_timer_after_layout, &jackfield_empty_layout, NULL},
};

JACKFIELD_TABLE jackfield_contract jackfield_contracts[] = {
    {JACKFIELD_AGENT, 1, JACKFIELD_COUNT(jackfield_agent_methods), jackfield_agent_methods},
    {JACKFIELD_LLM, 1, JACKFIELD_COUNT(jackfield_llm_methods), jackfield_llm_methods},
    {JACKFIELD_VALIDATOR, 1, JACKFIELD_COUNT(jackfield_validator_methods), jackfield_validator_methods},
    {JACKFIELD_EXPORTER, 1, JACKFIELD_COUNT(jackfield_exporter_methods), jackfield_exporter_methods},
    {JACKFIELD_AGENTS, 1, JACKFIELD_COUNT(jackfield_agents_methods), jackfield_agents_methods},
    {JACKFIELD_HTTP, 1, JACKFIELD_COUNT(jackfield_http_methods), jackfield_http_methods},
    {JACKFIELD_LOG, 1, JACKFIELD_COUNT(jackfield_log_methods), jackfield_log_methods},
    {JACKFIELD_METRICS, 1, JACKFIELD_COUNT(jackfield_metrics_methods), jackfield_metrics_methods},
    {JACKFIELD_SECRETS, 1, JACKFIELD_COUNT(jackfield_secrets_methods), jackfield_secrets_methods},
    {JACKFIELD_TIMER, 1, JACKFIELD_COUNT(jackfield_timer_methods), jackfield_timer_methods},
};

#endif
