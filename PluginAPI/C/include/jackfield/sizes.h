/*
 * Every size and offset of the ABI, spelled out. A field that moves or a struct that grows in the middle does not
 * compile.
 */
#ifndef JACKFIELD_SIZES_H
#define JACKFIELD_SIZES_H

#include "agent.h"
#include "agents.h"
#include "exporter.h"
#include "http.h"
#include "llm.h"
#include "log.h"
#include "metrics.h"
#include "secrets.h"
#include "timer.h"
#include "validator.h"

#if defined(__cplusplus)
#define JACKFIELD_ASSERT(condition, message) static_assert(condition, message)
#else
#define JACKFIELD_ASSERT(condition, message) _Static_assert(condition, message)
#endif

#define JACKFIELD_AT(type, field, at) JACKFIELD_ASSERT(offsetof(type, field) == (at), #type "." #field " moved")
#define JACKFIELD_SIZE(type, bytes) JACKFIELD_ASSERT(sizeof(type) == (bytes), #type " changed its size")

/* abi.h */
JACKFIELD_SIZE(jackfield_view, 16);
JACKFIELD_SIZE(jackfield_text, 8);
JACKFIELD_SIZE(jackfield_data, 8);
JACKFIELD_SIZE(jackfield_list, 16);
JACKFIELD_SIZE(jackfield_start, 72);
JACKFIELD_AT(jackfield_start, call, 16);
JACKFIELD_AT(jackfield_start, parent, 24);
JACKFIELD_AT(jackfield_start, deadline, 32);
JACKFIELD_AT(jackfield_start, context, 40);
JACKFIELD_AT(jackfield_start, request, 56);
JACKFIELD_SIZE(jackfield_end, 56);
JACKFIELD_AT(jackfield_end, retry_after, 16);
JACKFIELD_AT(jackfield_end, message, 24);
JACKFIELD_AT(jackfield_end, result, 40);
JACKFIELD_SIZE(jackfield_side, 56);
JACKFIELD_AT(jackfield_side, instance, 8);
JACKFIELD_AT(jackfield_side, start, 16);
JACKFIELD_AT(jackfield_side, emit, 24);
JACKFIELD_AT(jackfield_side, finish, 32);
JACKFIELD_AT(jackfield_side, cancel, 40);
JACKFIELD_AT(jackfield_side, resume, 48);
JACKFIELD_SIZE(jackfield_interface, 24);
JACKFIELD_AT(jackfield_interface, id, 8);
JACKFIELD_AT(jackfield_interface, flags, 16);
JACKFIELD_SIZE(jackfield_failure, 512);
JACKFIELD_AT(jackfield_failure, message, 8);
JACKFIELD_SIZE(jackfield_setup, 56);
JACKFIELD_AT(jackfield_setup, host, 8);
JACKFIELD_AT(jackfield_setup, services, 16);
JACKFIELD_AT(jackfield_setup, instance_id, 24);
JACKFIELD_AT(jackfield_setup, config, 40);
JACKFIELD_SIZE(jackfield_plugin, 96);
JACKFIELD_AT(jackfield_plugin, id, 8);
JACKFIELD_AT(jackfield_plugin, version, 16);
JACKFIELD_AT(jackfield_plugin, flags, 24);
JACKFIELD_AT(jackfield_plugin, concurrency, 28);
JACKFIELD_AT(jackfield_plugin, role_count, 32);
JACKFIELD_AT(jackfield_plugin, service_count, 36);
JACKFIELD_AT(jackfield_plugin, roles, 40);
JACKFIELD_AT(jackfield_plugin, services, 48);
JACKFIELD_AT(jackfield_plugin, create, 56);
JACKFIELD_AT(jackfield_plugin, destroy, 88);

/* payload.h */
JACKFIELD_SIZE(jackfield_item, 8);
JACKFIELD_AT(jackfield_item, text, 0);
JACKFIELD_SIZE(jackfield_pair, 16);
JACKFIELD_AT(jackfield_pair, name, 0);
JACKFIELD_AT(jackfield_pair, value, 8);
JACKFIELD_SIZE(jackfield_context, 48);
JACKFIELD_AT(jackfield_context, size, 0);
JACKFIELD_AT(jackfield_context, reserved, 4);
JACKFIELD_AT(jackfield_context, request_id, 8);
JACKFIELD_AT(jackfield_context, trace_parent, 16);
JACKFIELD_AT(jackfield_context, tenant, 24);
JACKFIELD_AT(jackfield_context, user, 32);
JACKFIELD_AT(jackfield_context, session, 40);

/* agent.h */
JACKFIELD_SIZE(jackfield_agent_describe, 8);
JACKFIELD_AT(jackfield_agent_describe, size, 0);
JACKFIELD_AT(jackfield_agent_describe, reserved, 4);
JACKFIELD_SIZE(jackfield_agent_capability, 48);
JACKFIELD_AT(jackfield_agent_capability, id, 0);
JACKFIELD_AT(jackfield_agent_capability, description, 8);
JACKFIELD_AT(jackfield_agent_capability, keywords, 16);
JACKFIELD_AT(jackfield_agent_capability, examples, 32);
JACKFIELD_SIZE(jackfield_agent_description, 32);
JACKFIELD_AT(jackfield_agent_description, size, 0);
JACKFIELD_AT(jackfield_agent_description, reserved, 4);
JACKFIELD_AT(jackfield_agent_description, summary, 8);
JACKFIELD_AT(jackfield_agent_description, capabilities, 16);
JACKFIELD_SIZE(jackfield_agent_turn, 16);
JACKFIELD_AT(jackfield_agent_turn, role, 0);
JACKFIELD_AT(jackfield_agent_turn, text, 8);
JACKFIELD_SIZE(jackfield_agent_invoke, 48);
JACKFIELD_AT(jackfield_agent_invoke, size, 0);
JACKFIELD_AT(jackfield_agent_invoke, reserved, 4);
JACKFIELD_AT(jackfield_agent_invoke, input, 8);
JACKFIELD_AT(jackfield_agent_invoke, model, 16);
JACKFIELD_AT(jackfield_agent_invoke, context, 24);
JACKFIELD_AT(jackfield_agent_invoke, history, 32);
JACKFIELD_SIZE(jackfield_agent_text, 16);
JACKFIELD_AT(jackfield_agent_text, size, 0);
JACKFIELD_AT(jackfield_agent_text, reserved, 4);
JACKFIELD_AT(jackfield_agent_text, text, 8);
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
JACKFIELD_SIZE(jackfield_agent_artifact, 32);
JACKFIELD_AT(jackfield_agent_artifact, size, 0);
JACKFIELD_AT(jackfield_agent_artifact, reserved, 4);
JACKFIELD_AT(jackfield_agent_artifact, name, 8);
JACKFIELD_AT(jackfield_agent_artifact, media_type, 16);
JACKFIELD_AT(jackfield_agent_artifact, data, 24);
JACKFIELD_SIZE(jackfield_agent_question, 40);
JACKFIELD_AT(jackfield_agent_question, size, 0);
JACKFIELD_AT(jackfield_agent_question, reserved, 4);
JACKFIELD_AT(jackfield_agent_question, id, 8);
JACKFIELD_AT(jackfield_agent_question, text, 16);
JACKFIELD_AT(jackfield_agent_question, options, 24);
JACKFIELD_SIZE(jackfield_agent_progress, 24);
JACKFIELD_AT(jackfield_agent_progress, size, 0);
JACKFIELD_AT(jackfield_agent_progress, reserved, 4);
JACKFIELD_AT(jackfield_agent_progress, fraction, 8);
JACKFIELD_AT(jackfield_agent_progress, message, 16);
JACKFIELD_SIZE(jackfield_agent_result, 40);
JACKFIELD_AT(jackfield_agent_result, size, 0);
JACKFIELD_AT(jackfield_agent_result, flags, 4);
JACKFIELD_AT(jackfield_agent_result, prompt_tokens, 8);
JACKFIELD_AT(jackfield_agent_result, completion_tokens, 16);
JACKFIELD_AT(jackfield_agent_result, upstream, 24);
JACKFIELD_AT(jackfield_agent_result, note, 32);

/* llm.h */
JACKFIELD_SIZE(jackfield_llm_part, 56);
JACKFIELD_AT(jackfield_llm_part, kind, 0);
JACKFIELD_AT(jackfield_llm_part, reserved, 4);
JACKFIELD_AT(jackfield_llm_part, text, 8);
JACKFIELD_AT(jackfield_llm_part, media_type, 16);
JACKFIELD_AT(jackfield_llm_part, url, 24);
JACKFIELD_AT(jackfield_llm_part, detail, 32);
JACKFIELD_AT(jackfield_llm_part, data, 40);
JACKFIELD_AT(jackfield_llm_part, extra, 48);
JACKFIELD_SIZE(jackfield_llm_call, 32);
JACKFIELD_AT(jackfield_llm_call, id, 0);
JACKFIELD_AT(jackfield_llm_call, name, 8);
JACKFIELD_AT(jackfield_llm_call, arguments, 16);
JACKFIELD_AT(jackfield_llm_call, extra, 24);
JACKFIELD_SIZE(jackfield_llm_message, 72);
JACKFIELD_AT(jackfield_llm_message, role, 0);
JACKFIELD_AT(jackfield_llm_message, name, 8);
JACKFIELD_AT(jackfield_llm_message, tool_call_id, 16);
JACKFIELD_AT(jackfield_llm_message, reasoning, 24);
JACKFIELD_AT(jackfield_llm_message, extra, 32);
JACKFIELD_AT(jackfield_llm_message, parts, 40);
JACKFIELD_AT(jackfield_llm_message, calls, 56);
JACKFIELD_SIZE(jackfield_llm_tool, 40);
JACKFIELD_AT(jackfield_llm_tool, name, 0);
JACKFIELD_AT(jackfield_llm_tool, description, 8);
JACKFIELD_AT(jackfield_llm_tool, parameters, 16);
JACKFIELD_AT(jackfield_llm_tool, strict, 24);
JACKFIELD_AT(jackfield_llm_tool, reserved, 28);
JACKFIELD_AT(jackfield_llm_tool, extra, 32);
JACKFIELD_SIZE(jackfield_llm_complete, 152);
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
JACKFIELD_SIZE(jackfield_llm_text, 24);
JACKFIELD_AT(jackfield_llm_text, size, 0);
JACKFIELD_AT(jackfield_llm_text, choice, 4);
JACKFIELD_AT(jackfield_llm_text, kind, 8);
JACKFIELD_AT(jackfield_llm_text, reserved, 12);
JACKFIELD_AT(jackfield_llm_text, text, 16);
JACKFIELD_SIZE(jackfield_llm_tool_call, 40);
JACKFIELD_AT(jackfield_llm_tool_call, size, 0);
JACKFIELD_AT(jackfield_llm_tool_call, choice, 4);
JACKFIELD_AT(jackfield_llm_tool_call, index, 8);
JACKFIELD_AT(jackfield_llm_tool_call, reserved, 12);
JACKFIELD_AT(jackfield_llm_tool_call, id, 16);
JACKFIELD_AT(jackfield_llm_tool_call, name, 24);
JACKFIELD_AT(jackfield_llm_tool_call, arguments, 32);
JACKFIELD_SIZE(jackfield_llm_stop, 16);
JACKFIELD_AT(jackfield_llm_stop, size, 0);
JACKFIELD_AT(jackfield_llm_stop, choice, 4);
JACKFIELD_AT(jackfield_llm_stop, reason, 8);
JACKFIELD_SIZE(jackfield_llm_usage, 56);
JACKFIELD_AT(jackfield_llm_usage, size, 0);
JACKFIELD_AT(jackfield_llm_usage, flags, 4);
JACKFIELD_AT(jackfield_llm_usage, prompt_tokens, 8);
JACKFIELD_AT(jackfield_llm_usage, completion_tokens, 16);
JACKFIELD_AT(jackfield_llm_usage, total_tokens, 24);
JACKFIELD_AT(jackfield_llm_usage, cached_tokens, 32);
JACKFIELD_AT(jackfield_llm_usage, cache_write_tokens, 40);
JACKFIELD_AT(jackfield_llm_usage, reasoning_tokens, 48);
JACKFIELD_SIZE(jackfield_llm_logprobs, 16);
JACKFIELD_AT(jackfield_llm_logprobs, size, 0);
JACKFIELD_AT(jackfield_llm_logprobs, choice, 4);
JACKFIELD_AT(jackfield_llm_logprobs, json, 8);
JACKFIELD_SIZE(jackfield_llm_extra, 16);
JACKFIELD_AT(jackfield_llm_extra, size, 0);
JACKFIELD_AT(jackfield_llm_extra, choice, 4);
JACKFIELD_AT(jackfield_llm_extra, json, 8);
JACKFIELD_SIZE(jackfield_llm_complete_result, 40);
JACKFIELD_AT(jackfield_llm_complete_result, size, 0);
JACKFIELD_AT(jackfield_llm_complete_result, flags, 4);
JACKFIELD_AT(jackfield_llm_complete_result, id, 8);
JACKFIELD_AT(jackfield_llm_complete_result, model, 16);
JACKFIELD_AT(jackfield_llm_complete_result, upstream, 24);
JACKFIELD_AT(jackfield_llm_complete_result, extra, 32);
JACKFIELD_SIZE(jackfield_llm_models, 8);
JACKFIELD_AT(jackfield_llm_models, size, 0);
JACKFIELD_AT(jackfield_llm_models, reserved, 4);
JACKFIELD_SIZE(jackfield_llm_model, 32);
JACKFIELD_AT(jackfield_llm_model, id, 0);
JACKFIELD_AT(jackfield_llm_model, owner, 8);
JACKFIELD_AT(jackfield_llm_model, created, 16);
JACKFIELD_AT(jackfield_llm_model, flags, 24);
JACKFIELD_AT(jackfield_llm_model, reserved, 28);
JACKFIELD_SIZE(jackfield_llm_models_result, 24);
JACKFIELD_AT(jackfield_llm_models_result, size, 0);
JACKFIELD_AT(jackfield_llm_models_result, reserved, 4);
JACKFIELD_AT(jackfield_llm_models_result, models, 8);
JACKFIELD_SIZE(jackfield_llm_embed, 48);
JACKFIELD_AT(jackfield_llm_embed, size, 0);
JACKFIELD_AT(jackfield_llm_embed, dimensions, 4);
JACKFIELD_AT(jackfield_llm_embed, model, 8);
JACKFIELD_AT(jackfield_llm_embed, user, 16);
JACKFIELD_AT(jackfield_llm_embed, extra, 24);
JACKFIELD_AT(jackfield_llm_embed, input, 32);
JACKFIELD_SIZE(jackfield_llm_vector, 8);
JACKFIELD_AT(jackfield_llm_vector, values, 0);
JACKFIELD_SIZE(jackfield_llm_embed_result, 48);
JACKFIELD_AT(jackfield_llm_embed_result, size, 0);
JACKFIELD_AT(jackfield_llm_embed_result, flags, 4);
JACKFIELD_AT(jackfield_llm_embed_result, prompt_tokens, 8);
JACKFIELD_AT(jackfield_llm_embed_result, model, 16);
JACKFIELD_AT(jackfield_llm_embed_result, upstream, 24);
JACKFIELD_AT(jackfield_llm_embed_result, vectors, 32);

/* validator.h */
JACKFIELD_SIZE(jackfield_validator_segment, 16);
JACKFIELD_AT(jackfield_validator_segment, role, 0);
JACKFIELD_AT(jackfield_validator_segment, text, 8);
JACKFIELD_SIZE(jackfield_validator_check, 32);
JACKFIELD_AT(jackfield_validator_check, size, 0);
JACKFIELD_AT(jackfield_validator_check, direction, 4);
JACKFIELD_AT(jackfield_validator_check, final, 8);
JACKFIELD_AT(jackfield_validator_check, reserved, 12);
JACKFIELD_AT(jackfield_validator_check, segments, 16);
JACKFIELD_SIZE(jackfield_validator_finding, 40);
JACKFIELD_AT(jackfield_validator_finding, action, 0);
JACKFIELD_AT(jackfield_validator_finding, severity, 4);
JACKFIELD_AT(jackfield_validator_finding, segment, 8);
JACKFIELD_AT(jackfield_validator_finding, reserved, 12);
JACKFIELD_AT(jackfield_validator_finding, start, 16);
JACKFIELD_AT(jackfield_validator_finding, length, 20);
JACKFIELD_AT(jackfield_validator_finding, rule, 24);
JACKFIELD_AT(jackfield_validator_finding, message, 32);
JACKFIELD_SIZE(jackfield_validator_rewrite, 16);
JACKFIELD_AT(jackfield_validator_rewrite, segment, 0);
JACKFIELD_AT(jackfield_validator_rewrite, reserved, 4);
JACKFIELD_AT(jackfield_validator_rewrite, text, 8);
JACKFIELD_SIZE(jackfield_validator_settled, 8);
JACKFIELD_AT(jackfield_validator_settled, bytes, 0);
JACKFIELD_SIZE(jackfield_validator_verdict, 56);
JACKFIELD_AT(jackfield_validator_verdict, size, 0);
JACKFIELD_AT(jackfield_validator_verdict, action, 4);
JACKFIELD_AT(jackfield_validator_verdict, findings, 8);
JACKFIELD_AT(jackfield_validator_verdict, rewrites, 24);
JACKFIELD_AT(jackfield_validator_verdict, settled, 40);

/* exporter.h */
JACKFIELD_SIZE(jackfield_exporter_bucket, 16);
JACKFIELD_AT(jackfield_exporter_bucket, upper, 0);
JACKFIELD_AT(jackfield_exporter_bucket, count, 8);
JACKFIELD_SIZE(jackfield_exporter_sample, 48);
JACKFIELD_AT(jackfield_exporter_sample, value, 0);
JACKFIELD_AT(jackfield_exporter_sample, count, 8);
JACKFIELD_AT(jackfield_exporter_sample, labels, 16);
JACKFIELD_AT(jackfield_exporter_sample, buckets, 32);
JACKFIELD_SIZE(jackfield_exporter_family, 48);
JACKFIELD_AT(jackfield_exporter_family, kind, 0);
JACKFIELD_AT(jackfield_exporter_family, reserved, 4);
JACKFIELD_AT(jackfield_exporter_family, name, 8);
JACKFIELD_AT(jackfield_exporter_family, unit, 16);
JACKFIELD_AT(jackfield_exporter_family, help, 24);
JACKFIELD_AT(jackfield_exporter_family, samples, 32);
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
JACKFIELD_SIZE(jackfield_exporter_snapshot, 56);
JACKFIELD_AT(jackfield_exporter_snapshot, size, 0);
JACKFIELD_AT(jackfield_exporter_snapshot, reserved, 4);
JACKFIELD_AT(jackfield_exporter_snapshot, time, 8);
JACKFIELD_AT(jackfield_exporter_snapshot, accept, 16);
JACKFIELD_AT(jackfield_exporter_snapshot, families, 24);
JACKFIELD_AT(jackfield_exporter_snapshot, spans, 40);
JACKFIELD_SIZE(jackfield_exporter_rendering, 24);
JACKFIELD_AT(jackfield_exporter_rendering, size, 0);
JACKFIELD_AT(jackfield_exporter_rendering, reserved, 4);
JACKFIELD_AT(jackfield_exporter_rendering, content_type, 8);
JACKFIELD_AT(jackfield_exporter_rendering, body, 16);
JACKFIELD_SIZE(jackfield_empty, 8);
JACKFIELD_AT(jackfield_empty, size, 0);
JACKFIELD_AT(jackfield_empty, reserved, 4);

/* log.h */
JACKFIELD_SIZE(jackfield_log_write, 32);
JACKFIELD_AT(jackfield_log_write, size, 0);
JACKFIELD_AT(jackfield_log_write, level, 4);
JACKFIELD_AT(jackfield_log_write, message, 8);
JACKFIELD_AT(jackfield_log_write, fields, 16);

/* metrics.h */
JACKFIELD_SIZE(jackfield_metrics_record, 48);
JACKFIELD_AT(jackfield_metrics_record, size, 0);
JACKFIELD_AT(jackfield_metrics_record, kind, 4);
JACKFIELD_AT(jackfield_metrics_record, value, 8);
JACKFIELD_AT(jackfield_metrics_record, name, 16);
JACKFIELD_AT(jackfield_metrics_record, unit, 24);
JACKFIELD_AT(jackfield_metrics_record, labels, 32);

/* http.h */
JACKFIELD_SIZE(jackfield_http_request, 48);
JACKFIELD_AT(jackfield_http_request, size, 0);
JACKFIELD_AT(jackfield_http_request, reserved, 4);
JACKFIELD_AT(jackfield_http_request, method, 8);
JACKFIELD_AT(jackfield_http_request, url, 16);
JACKFIELD_AT(jackfield_http_request, headers, 24);
JACKFIELD_AT(jackfield_http_request, body, 40);
JACKFIELD_SIZE(jackfield_http_head, 24);
JACKFIELD_AT(jackfield_http_head, size, 0);
JACKFIELD_AT(jackfield_http_head, status, 4);
JACKFIELD_AT(jackfield_http_head, headers, 8);
JACKFIELD_SIZE(jackfield_http_body, 16);
JACKFIELD_AT(jackfield_http_body, size, 0);
JACKFIELD_AT(jackfield_http_body, reserved, 4);
JACKFIELD_AT(jackfield_http_body, data, 8);

/* agents.h */
JACKFIELD_SIZE(jackfield_agents_list, 8);
JACKFIELD_AT(jackfield_agents_list, size, 0);
JACKFIELD_AT(jackfield_agents_list, reserved, 4);
JACKFIELD_SIZE(jackfield_agents_entry, 16);
JACKFIELD_AT(jackfield_agents_entry, id, 0);
JACKFIELD_AT(jackfield_agents_entry, summary, 8);
JACKFIELD_SIZE(jackfield_agents_list_result, 24);
JACKFIELD_AT(jackfield_agents_list_result, size, 0);
JACKFIELD_AT(jackfield_agents_list_result, reserved, 4);
JACKFIELD_AT(jackfield_agents_list_result, agents, 8);
JACKFIELD_SIZE(jackfield_agents_invoke, 40);
JACKFIELD_AT(jackfield_agents_invoke, size, 0);
JACKFIELD_AT(jackfield_agents_invoke, reserved, 4);
JACKFIELD_AT(jackfield_agents_invoke, agent, 8);
JACKFIELD_AT(jackfield_agents_invoke, input, 16);
JACKFIELD_AT(jackfield_agents_invoke, model, 24);
JACKFIELD_AT(jackfield_agents_invoke, context, 32);

/* timer.h */
JACKFIELD_SIZE(jackfield_timer_after, 16);
JACKFIELD_AT(jackfield_timer_after, size, 0);
JACKFIELD_AT(jackfield_timer_after, reserved, 4);
JACKFIELD_AT(jackfield_timer_after, delay, 8);

/* secrets.h */
JACKFIELD_SIZE(jackfield_secrets_get, 16);
JACKFIELD_AT(jackfield_secrets_get, size, 0);
JACKFIELD_AT(jackfield_secrets_get, reserved, 4);
JACKFIELD_AT(jackfield_secrets_get, name, 8);
JACKFIELD_SIZE(jackfield_secrets_value, 16);
JACKFIELD_AT(jackfield_secrets_value, size, 0);
JACKFIELD_AT(jackfield_secrets_value, reserved, 4);
JACKFIELD_AT(jackfield_secrets_value, value, 8);

#endif
