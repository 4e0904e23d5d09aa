/*
 * The layout table of every payload, and the contract of every role and service: which methods and events there are
 * and which struct each carries. Every size and offset is asserted: a field that moves or a struct that grows in the
 * middle does not compile.
 */
#ifndef JACKFIELD_LAYOUTS_H
#define JACKFIELD_LAYOUTS_H

#include "layouts/agent.h"
#include "layouts/agents.h"
#include "layouts/exporter.h"
#include "layouts/http.h"
#include "layouts/llm.h"
#include "layouts/log.h"
#include "layouts/metrics.h"
#include "layouts/notifier.h"
#include "layouts/secrets.h"
#include "layouts/timer.h"
#include "layouts/tool.h"
#include "layouts/tools.h"
#include "layouts/validator.h"

JACKFIELD_TABLE jackfield_contract jackfield_contracts[] = {
    {JACKFIELD_AGENT, 1, JACKFIELD_COUNT(jackfield_agent_methods), jackfield_agent_methods},
    {JACKFIELD_LLM, 1, JACKFIELD_COUNT(jackfield_llm_methods), jackfield_llm_methods},
    {JACKFIELD_VALIDATOR, 1, JACKFIELD_COUNT(jackfield_validator_methods), jackfield_validator_methods},
    {JACKFIELD_EXPORTER, 1, JACKFIELD_COUNT(jackfield_exporter_methods), jackfield_exporter_methods},
    {JACKFIELD_NOTIFIER, 1, JACKFIELD_COUNT(jackfield_notifier_methods), jackfield_notifier_methods},
    {JACKFIELD_TOOL, 1, JACKFIELD_COUNT(jackfield_tool_methods), jackfield_tool_methods},
    {JACKFIELD_AGENTS, 1, JACKFIELD_COUNT(jackfield_agents_methods), jackfield_agents_methods},
    {JACKFIELD_TOOLS, 1, JACKFIELD_COUNT(jackfield_tools_methods), jackfield_tools_methods},
    {JACKFIELD_LOG, 1, JACKFIELD_COUNT(jackfield_log_methods), jackfield_log_methods},
    {JACKFIELD_METRICS, 1, JACKFIELD_COUNT(jackfield_metrics_methods), jackfield_metrics_methods},
    {JACKFIELD_HTTP, 1, JACKFIELD_COUNT(jackfield_http_methods), jackfield_http_methods},
    {JACKFIELD_TIMER, 1, JACKFIELD_COUNT(jackfield_timer_methods), jackfield_timer_methods},
    {JACKFIELD_SECRETS, 1, JACKFIELD_COUNT(jackfield_secrets_methods), jackfield_secrets_methods},
};

#endif
