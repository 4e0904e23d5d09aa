import Accounting
import Caching
import Hummingbird
import JackfieldJSON
import JackfieldVocabulary
import Orchestration

/// What operators want to know of the models: how their upstreams stand, what was used and by whom, what is kept.
extension ManagementRoutes {
    func addModels(_ routes: Router<ManagementContext>) {
        routes.get("/api/v1/models") { _, _ in
            let models = router.names.map { name -> JSON in
                [
                    "name": .string(name), "route": .array((router.route(of: name) ?? []).map { .string($0) }),
                    "upstreams": .array((router.report(of: name) ?? []).map(\.json)),
                ]
            }
            return Self.json(["models": .array(models)])
        }
        routes.get("/api/v1/usage") { request, _ in
            let query = try UsageQuery(request.uri.queryParameters, today: router.accounts.ledger.today)
            let report: UsageReport
            do {
                report = try await router.accounts.ledger.totals(by: query.by, days: query.days, limit: query.limit)
            } catch {
                throw CallError(.unavailable, "the usage cannot be read from the store: \(error)", retry: true)
            }
            return Self.json(report.json)
        }
        routes.get("/api/v1/budgets") { _, _ in
            Self.json(["budgets": .array(router.accounts.budgets.standings().map(\.json))])
        }
        routes.get("/api/v1/cache") { _, _ in
            guard let cache = router.responses else { return Self.json(["enabled": false]) }
            return Self.json(cache.stats.json(disk: cache.disk?.stats))
        }
        routes.delete("/api/v1/cache") { request, _ in
            let scope = try CacheScope(request.uri.queryParameters)
            guard let cache = router.responses else {
                throw CallError(.notFound, "no model of the manifest uses the cache")
            }
            let gone = await cache.invalidate(scope)
            guard let disk = gone.disk else {
                throw CallError(
                    .unavailable, "the answers in memory are removed, those in the store could not be", retry: true)
            }
            return Self.json(["removed": ["memory": JSON(gone.memory), "disk": JSON(disk)]])
        }
    }
}

/// The query of GET /api/v1/usage.
struct UsageQuery {
    var by = UsageDimension.model
    var days: ClosedRange<CalendarDay>
    var limit = 100

    /// - Throws: `invalidArgument` with what would be right.
    init(_ parameters: Parameters, today: CalendarDay) throws(CallError) {
        if let text = parameters.get("by") {
            guard let dimension = UsageDimension(rawValue: text) else {
                let known = UsageDimension.allCases.map(\.rawValue).joined(separator: ", ")
                throw CallError(.invalidArgument, "`by` is one of \(known)")
            }
            by = dimension
        }
        func day(_ name: String) throws(CallError) -> CalendarDay? {
            guard let text = parameters.get(name) else { return nil }
            guard let day = CalendarDay(text) else {
                throw CallError(.invalidArgument, "`\(name)` is a day in UTC, like \(today)")
            }
            return day
        }
        let last = try day("until") ?? today
        let first = try day("from") ?? last
        guard first <= last, first.distance(to: last) < 400 else {
            throw CallError(.invalidArgument, "`from` is a day before `until`, and at most 400 days before it")
        }
        days = first...last
        if let text = parameters.get("limit") {
            guard let number = Int(text), 1...10_000 ~= number else {
                throw CallError(.invalidArgument, "`limit` is a whole number from 1 to 10000")
            }
            limit = number
        }
    }
}

extension CacheScope {
    /// - Throws: `invalidArgument` for a parameter that means nothing, so that a typing error does not empty the cache.
    init(_ parameters: Parameters) throws(CallError) {
        self.init()
        for (name, value) in parameters {
            switch name {
            case "model": model = String(value)
            case "tenant": tenant = String(value)
            case "tag": tag = String(value)
            default:
                throw CallError(
                    .invalidArgument, "what is removed is said with `model`, `tenant` and `tag`; `\(name)` is none")
            }
        }
    }
}

extension UsageReport {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "by": .string(dimension.rawValue), "from": .string(days.lowerBound.description),
            "until": .string(days.upperBound.description), "total": sum.json,
            "lines": .array(
                lines.map { line in
                    var object = line.totals.json.object ?? JSONObject()
                    object[dimension.rawValue] = .string(line.subject)
                    return .object(object)
                }), "subjects": JSON(subjects),
        ]
        if isPartial { object["partial"] = true }
        return .object(object)
    }
}

extension UsageTotals {
    fileprivate var json: JSON {
        [
            "requests": JSON(requests), "prompt_tokens": JSON(promptTokens),
            "completion_tokens": JSON(completionTokens), "cached_tokens": JSON(cachedTokens),
            "cache_write_tokens": JSON(cacheWriteTokens), "reasoning_tokens": JSON(reasoningTokens),
            "cost_usd": .number(cost.description), "requests_without_price": JSON(requestsOfUnknownCost),
            "requests_estimated": JSON(estimatedRequests),
        ]
    }
}

extension BudgetStanding {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "per": .string(rule.scope.rawValue), "period": .string(rule.period.rawValue),
            "used": ["tokens": JSON(used.tokens), "cost_usd": .number(used.cost.description)],
            "reserved": ["tokens": JSON(reserved.tokens), "cost_usd": .number(reserved.cost.description)],
            "share": JSON((share * 10_000).rounded() / 10_000),
        ]
        if let name = rule.name { object["name"] = .string(name) }
        if let id { object["id"] = .string(id) }
        if let tokens = rule.tokens { object["limit_tokens"] = JSON(tokens) }
        if let cost = rule.cost { object["limit_cost_usd"] = .number(cost.description) }
        return .object(object)
    }
}

extension CacheStats {
    fileprivate func json(disk: DiskStats?) -> JSON {
        var object: JSONObject = [
            "enabled": true, "entries": JSON(entries), "bytes": JSON(bytes), "hits": JSON(hits),
            "misses": JSON(misses), "stores": JSON(stores), "evictions": JSON(evictions),
            "expirations": JSON(expirations), "invalidations": JSON(invalidations), "refusals": JSON(refusals),
        ]
        if let disk {
            object["disk"] = [
                "bytes": JSON(disk.bytes), "hits": JSON(disk.hits), "misses": JSON(disk.misses),
                "writes": JSON(disk.writes), "drops": JSON(disk.drops), "evictions": JSON(disk.evictions),
                "failures": JSON(disk.failures),
            ]
        }
        return .object(object)
    }
}
