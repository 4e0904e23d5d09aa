/*
 * The kit for plugins in C++17 or later: headers alone, over the C ABI of jackfield.h.
 *
 *   class Uptime final : public jackfield::Agent {
 *    public:
 *     explicit Uptime(const jackfield::Setup &setup);
 *     jackfield::agent::Description describe() override;
 *     jackfield::agent::Result invoke(const jackfield::agent::InvocationView &request,
 *                                     jackfield::AgentCall &call) override;
 *   };
 *   JACKFIELD_PLUGIN(Uptime, "agent/uptime", "1.0.0", jackfield::uses(JACKFIELD_LOG))
 *
 * What the kit does: it checks every payload before a handler sees it, turns what a handler throws into the end of the
 * call, finishes each call exactly once, waits where the reader is slower, wakes what waits when a call is cancelled,
 * and lets nothing out to the host after `close`. Exceptions must be on; run-time type information need not be.
 *
 * Text that comes from the host is a std::string_view over the payload: types whose names end with View. Such a text
 * lives as long as the handler runs, and no longer; copy what you keep. What goes to the host is a std::string, UTF-8.
 */
#ifndef JACKFIELD_HPP
#define JACKFIELD_HPP

#include <jackfield/jackfield.h>

#include "cpp/agent_types.hpp"
#include "cpp/calls.hpp"
#include "cpp/core.hpp"
#include "cpp/error.hpp"
#include "cpp/exporter_types.hpp"
#include "cpp/json.hpp"
#include "cpp/llm_types.hpp"
#include "cpp/notifier_types.hpp"
#include "cpp/payload.hpp"
#include "cpp/plugin.hpp"
#include "cpp/roles.hpp"
#include "cpp/service_types.hpp"
#include "cpp/services.hpp"
#include "cpp/tool_types.hpp"
#include "cpp/validator_types.hpp"

#endif
