extension ConfigTables {
    static let model = ConfigTable<ModelConfig>(
        "A model name and the ways to it.",
        [
            .init(
                "route", \.route,
                .list(
                    of: .routeStep, atLeast: 1,
                    seed: RouteStep(
                        ModelRoute(instance: PluginInstanceID(unchecked: "unset"), upstreamModel: "unset"))),
                required: true,
                "Which plugin instance to ask for which of its models, in order of preference. A list within the list "
                    + "shares the load, as \"INSTANCE/MODEL weight=3\" says. Entries of disabled plugins are passed over."
            ),
            .init("balance", \.balance, .choice(), "How the upstreams of one step share the load."),
            .init(
                "timeout", \.timeout, .duration(),
                "For one attempt, until the first event of its answer. An answer that is not streamed is one event."),
            .init("idle_timeout", \.idleTimeout, .duration(), "Between two events of a streamed answer."),
            .init("retries", \.retries, .int(0...10), "More attempts after the first, at the same step."),
            .init("retry_budget", \.retryBudget, .table(retryBudget), "How many retries there may be in all."),
            .init("hedge", \.hedge, .table(hedge), "A second attempt while the first is still silent."),
            .init("cache", \.cache, .table(modelCache), "Whether answers are kept."),
        ]
    ) { model, report in
        var seen: Set<ModelRoute> = []
        for route in model.upstreams where !seen.insert(route).inserted {
            report("route", "names \(route.description.quoted) twice: further attempts at an upstream are `retries`")
            break
        }
    }

    static let retryBudget = ConfigTable<RetryBudgetConfig>(
        "How many retries a model may cause, so that they never multiply the load.",
        [
            .init("ratio", \.ratio, .number(0...1), "Retries for each request."),
            .init("minimum", \.minimum, .int(0...10_000), "Retries in a second that are allowed in any case."),
        ])

    static let hedge = ConfigTable<HedgeConfig>(
        "A second attempt while the first is still silent: the first event of either counts, the other is cancelled.",
        [
            .init("enabled", \.enabled, .bool, "Whether there are any."),
            .init("budget", \.budget, .number(0...1), "Hedges for each request."),
            .init(
                "after", \.after, .duration(),
                "Not before this. Otherwise when 95 of 100 requests of late would have had their first event."),
        ])

    static let modelCache = ConfigTable<ModelCacheConfig>(
        "Whether answers are kept for the next one who asks exactly the same.",
        [
            .init("enabled", \.enabled, .bool, "Whether they are."),
            .init("ttl", \.ttl, .duration(), "For how long."),
        ])

    static let upstream = ConfigTable<UpstreamConfig>(
        "How the host treats the upstreams of a provider; each of its models is one of its own.",
        [
            .init("concurrency", \.concurrency, .int(1...100_000), "Attempts under way at one time."),
            .init(
                "queue", \.queue, .int(0...100_000),
                "Attempts that may wait for their turn. One that would wait past its deadline is refused at once."),
            .init("breaker", \.breaker, .table(breaker), "When an upstream is left alone for a while."),
        ])

    static let breaker = ConfigTable<BreakerConfig>(
        "When an upstream is left alone for a while.",
        [
            .init("enabled", \.enabled, .bool, "Whether it ever is."),
            .init(
                "window", \.window, .duration(.milliseconds(100) ... .seconds(3600)), "How far back attempts count."),
            .init("minimum_calls", \.minimumCalls, .int(1...100_000), "Fewer attempts than this say nothing."),
            .init("error_rate", \.errorRate, .number(0.01...1), "The share of failures at which it opens."),
            .init(
                "slow_call", \.slowCall, .duration(.zero ... .seconds(3600)),
                "From when on an attempt without its first event is slow; 0s is never."),
            .init("slow_rate", \.slowRate, .number(0.01...1), "The share of slow attempts at which it opens."),
            .init(
                "open_for", \.openFor, .duration(.milliseconds(10) ... .seconds(3600)),
                "How long it stays open the first time; twice as long each time that the probes fail."),
            .init(
                "longest_open", \.longestOpen, .duration(.milliseconds(10) ... .seconds(86400)),
                "The longest that it stays open."),
            .init(
                "probes", \.probes, .int(1...64), "Attempts that show whether the upstream is well again; all must."),
        ]
    ) { breaker, report in
        if breaker.longestOpen < breaker.openFor { report("longest_open", "is shorter than open_for") }
    }

    static let cache = ConfigTable<CacheConfig>(
        "The response cache; models say whether they use it.",
        [
            .init(
                "max_memory", \.maxMemory, .bytes(.mebibytes(1)...ByteCount(bytes: 1 << 40)),
                "What is kept in memory; the least recently used goes first."),
            .init(
                "max_entry", \.maxEntry, .bytes(ByteCount(bytes: 1 << 10) ... .mebibytes(8)),
                "Longer answers are not kept."),
            .init(
                "storage", \.storage, .choice(),
                "sqlite keeps answers in the store too, so that they survive a restart."
            ),
            .init(
                "max_storage", \.maxStorage, .bytes(.mebibytes(1)...ByteCount(bytes: 1 << 44)),
                "With sqlite: what is kept there."),
        ])

    static let price = ConfigTable<PriceConfig>(
        "What a model costs, in US dollars for a million tokens.",
        [
            .init("input", \.input, dollars, required: true, "Of the prompt."),
            .init("output", \.output, dollars, required: true, "Of the completion."),
            .init("cached_input", \.cachedInput, dollars.optional(), "Of the prompt, read from the upstream's cache."),
            .init("cache_write", \.cacheWrite, dollars.optional(), "Of the prompt, written to it."),
            .init("request", \.request, dollars, "In dollars, for each request."),
        ])

    static let budget = ConfigTable<BudgetConfig>(
        "A limit on what somebody may use.",
        [
            .init("per", \.per, .choice(), required: true, "For each of what; all is one for the whole host."),
            .init(
                "period", \.period, .choice(), required: true, "For how long: calendar minutes, days and months in UTC."
            ),
            .init("cost", \.cost, dollars.optional(), "US dollars."),
            .init(
                "tokens", \.tokens, ValueType<Int>.int(1...Int(Int32.max) * 1000).optional(), "Prompt and completion."),
            .init("only", \.only, .list(of: .text("id"), seed: ""), "Whom it is for; nobody named is everybody."),
            .init(
                "models", \.models, .list(of: .id("name from models"), seed: ModelName(unchecked: "unset")),
                "Which models it is about; none named is all."),
        ]
    ) { budget, report in
        if budget.cost == nil, budget.tokens == nil { report(nil, "limits nothing: write cost, tokens or both") }
        if budget.per == .all, !budget.only.isEmpty { report("only", "makes no sense with `per: all`") }
    }

    private static let dollars = ValueType<Double>.number(0...1_000_000)
}
