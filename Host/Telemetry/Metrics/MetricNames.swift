// The catalogue: every metric of the host is declared here and nowhere else. A name's type is its kind, so that asking
// for a counter as a gauge does not compile. Raw values are places in the registry, not part of any format.

/// The host's counters.
package enum CounterName: Int, Sendable, CaseIterable {
    case pluginCalls, validatorFindings, requestsRejected, upstreamAttempts, callsStale, processCPUTime, logLinesDropped
    case labelSetsFolded, breakerOpenings, modelRetries, modelHedges, modelCost, modelRequestsUnpriced, budgetRefusals
    case cacheLookups, sandboxRefusals, runnerEnds, pluginProcessorTime, outboundRefusals
    case toolCalls, notifications

    package var descriptor: MetricDescriptor {
        switch self {
        case .pluginCalls:
            MetricDescriptor(
                "jackfield.plugin.calls", .counter, "{call}", [.plugin, .role, .code],
                "Calls to plugins that have finished, by outcome.")
        case .validatorFindings:
            MetricDescriptor(
                "jackfield.validator.findings", .counter, "{finding}", [.validator, .rule, .action],
                "Findings of validators, by rule and by what was done about them.")
        case .requestsRejected:
            MetricDescriptor(
                "jackfield.requests.rejected", .counter, "{request}", [.reason],
                "Requests that were answered with an error before any work began.")
        case .upstreamAttempts:
            MetricDescriptor(
                "jackfield.upstream.attempts", .counter, "{attempt}", [.upstream, .outcome],
                "Attempts to get an answer from a model's upstream, retries and hedges included, by outcome.")
        case .breakerOpenings:
            MetricDescriptor(
                "jackfield.upstream.breaker.openings", .counter, "{opening}", [.upstream],
                "How often the circuit breaker of an upstream has opened.")
        case .modelRetries:
            MetricDescriptor(
                "jackfield.model.retries", .counter, "{retry}", [.model, .outcome],
                "Retries of a model's requests: made, or refused by the retry budget.")
        case .modelHedges:
            MetricDescriptor(
                "jackfield.model.hedges", .counter, "{hedge}", [.model, .outcome],
                "Second attempts while the first was silent: won, lost, or refused by the budget.")
        case .modelCost:
            MetricDescriptor(
                "jackfield.model.cost", .counter, "USD", [.model, .upstream],
                "What the answers of a model cost by the price table.")
        case .modelRequestsUnpriced:
            MetricDescriptor(
                "jackfield.model.requests.unpriced", .counter, "{request}", [.model, .upstream],
                "Answers of upstreams for which there is no price.")
        case .budgetRefusals:
            MetricDescriptor(
                "jackfield.budget.refusals", .counter, "{request}", [.reason],
                "Requests that a budget did not allow, by the scope of the budget.")
        case .cacheLookups:
            MetricDescriptor(
                "jackfield.cache.lookups", .counter, "{lookup}", [.model, .outcome],
                "Lookups in the response cache, by outcome: hit, miss, bypass.")
        case .sandboxRefusals:
            MetricDescriptor(
                "jackfield.plugin.sandbox.refusals", .counter, "{call}", [.plugin, .call],
                "System calls of plugins that their sandbox refused, by name.")
        case .pluginProcessorTime:
            MetricDescriptor(
                "jackfield.plugin.cpu.time", .counter, "s", [.plugin],
                "Processor time that the processes of an isolated plugin have used.")
        case .runnerEnds:
            MetricDescriptor(
                "jackfield.plugin.process.ends", .counter, "{end}", [.plugin],
                "How often the process of an isolated plugin ended though it should run.")
        case .outboundRefusals:
            MetricDescriptor(
                "jackfield.outbound.refusals", .counter, "{request}", [.plugin, .reason],
                "Requests of plugins that were refused their way out: url, grant, address, secret, limit.")
        case .toolCalls:
            MetricDescriptor(
                "jackfield.tool.calls", .counter, "{call}", [.tool, .code],
                "Calls of tools that have ended, by outcome; one that reports a failure of its own is ok.")
        case .notifications:
            MetricDescriptor(
                "jackfield.notifications", .counter, "{notification}", [.plugin, .outcome],
                "What notifiers were given to tell: delivered, failed, or dropped because too much waited.")
        case .callsStale:
            MetricDescriptor(
                "jackfield.calls.stale", .counter, "{call}", [.plugin],
                "Events and results that came for a call that was already over.")
        case .processCPUTime:
            MetricDescriptor(
                "process.cpu.time", .counter, "s", [.mode], "Processor time of the host process, by mode.")
        case .logLinesDropped:
            MetricDescriptor(
                "jackfield.log.lines.dropped", .counter, "{line}", [],
                "Log lines that were lost because the log's target was slower than the host, or failed.")
        case .labelSetsFolded:
            MetricDescriptor(
                "jackfield.metrics.label_sets.folded", .counter, "{lookup}", [.metric],
                "Lookups whose labels went into the set `other`, or were refused, because the metric had 1,000 sets.")
        }
    }
}

/// The host's gauges.
package enum GaugeName: Int, Sendable, CaseIterable {
    case activeRequests, openConnections, pluginStatus, processMemory, processUptime, processDescriptors, processThreads
    case breakerOpen, cacheBytes, cacheEntries, pluginMemory

    package var descriptor: MetricDescriptor {
        switch self {
        case .activeRequests:
            MetricDescriptor(
                "http.server.active_requests", .gauge, "{request}", [], "Requests that are being served now.")
        case .openConnections:
            MetricDescriptor(
                "http.server.open_connections", .gauge, "{connection}", [], "Connections of clients that are open.")
        case .pluginStatus:
            MetricDescriptor(
                "jackfield.plugin.status", .gauge, "1", [.plugin, .status],
                "1 for the status that the plugin has now, 0 for the others that it had.")
        case .breakerOpen:
            MetricDescriptor(
                "jackfield.upstream.breaker.open", .gauge, "1", [.upstream],
                "1 from when the circuit breaker of an upstream opens until it closes again.")
        case .pluginMemory:
            MetricDescriptor(
                "jackfield.plugin.memory.usage", .gauge, "By", [.plugin],
                "Physical memory that the process of an isolated plugin holds.")
        case .cacheBytes:
            MetricDescriptor("jackfield.cache.size", .gauge, "By", [], "Memory that the response cache holds.")
        case .cacheEntries:
            MetricDescriptor("jackfield.cache.entries", .gauge, "{entry}", [], "Answers in the response cache.")
        case .processMemory:
            MetricDescriptor("process.memory.usage", .gauge, "By", [], "Physical memory that the host process holds.")
        case .processUptime:
            MetricDescriptor("process.uptime", .gauge, "s", [], "Time since the host process was started.")
        case .processDescriptors:
            MetricDescriptor(
                "process.open_file_descriptors", .gauge, "{descriptor}", [], "File descriptors that are open.")
        case .processThreads:
            MetricDescriptor("process.thread.count", .gauge, "{thread}", [], "Threads of the host process.")
        }
    }
}

/// The host's histograms.
package enum HistogramName: Int, Sendable, CaseIterable {
    case requestDuration, modelOperationDuration, modelTokenUsage, timeToFirstToken, pluginCallDuration,
        toolCallDuration

    package var descriptor: MetricDescriptor {
        switch self {
        case .requestDuration:
            MetricDescriptor(
                "http.server.request.duration", .histogram, "s", [.route, .method, .status],
                "Time from a request's first byte to its answer's last.", bounds: BucketBounds.requestSeconds)
        case .modelOperationDuration:
            MetricDescriptor(
                "gen_ai.client.operation.duration", .histogram, "s", [.model, .upstream, .code],
                "Time that a model's upstream took, to the last token.", bounds: BucketBounds.modelSeconds)
        case .modelTokenUsage:
            MetricDescriptor(
                "gen_ai.client.token.usage", .histogram, "{token}", [.model, .type],
                "Tokens of one model request, by type: input, output.", bounds: BucketBounds.tokens)
        case .timeToFirstToken:
            MetricDescriptor(
                "gen_ai.server.time_to_first_token", .histogram, "s", [.model],
                "Time from a request to the first token of its answer.", bounds: BucketBounds.firstTokenSeconds)
        case .toolCallDuration:
            MetricDescriptor(
                "jackfield.tool.call.duration", .histogram, "s", [.tool],
                "Time of a tool call as its caller sees it, waiting for its turn included.",
                bounds: BucketBounds.callSeconds)
        case .pluginCallDuration:
            MetricDescriptor(
                "jackfield.plugin.call.duration", .histogram, "s", [.plugin, .role],
                "Time from the start of a call to a plugin until it finished.", bounds: BucketBounds.callSeconds)
        }
    }
}
