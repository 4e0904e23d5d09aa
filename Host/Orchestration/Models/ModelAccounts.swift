import Registry
package import Accounting
import JackfieldVocabulary
import Manifest
package import Storage
import Synchronization
import Telemetry

/// Who uses how much of the models, and who may: prices, budgets, totals.
package final class ModelAccounts: Sendable {
    package let budgets: Budgets
    package let ledger: UsageLedger
    private let prices: [String: Price]
    private let metrics: MetricsRegistry
    /// Upstreams whose use no budget of dollars counts, since they have no price; empty if there is no such budget.
    package let unpriced: [String]

    /// What is reserved for an answer whose length nobody bounds.
    private static let usualAnswer: UInt64 = 1024

    init(manifest: Manifest, upstreams: [Upstream], store: any Store, metrics: MetricsRegistry) {
        let clock: WallNanoseconds = { Int64(WallTime.now().nanoseconds) }
        budgets = Budgets(rules: manifest.budgets.flatMap(\.rules), store: store, clock: clock)
        ledger = UsageLedger(store: store, clock: clock)
        let table = PriceTable(custom: manifest.prices.map(PricePattern.init))
        let prices = Dictionary(
            upstreams.compactMap { upstream in
                table.price(
                    instance: upstream.route.instance.text, model: upstream.route.upstreamModel,
                    plugin: upstream.plugin.config.use?.description
                ).map { (upstream.name, $0) }
            }, uniquingKeysWith: { first, _ in first })
        self.prices = prices
        self.metrics = metrics
        let hasCost = manifest.budgets.contains { $0.cost != nil }
        unpriced = hasCost ? upstreams.map(\.name).filter { prices[$0] == nil } : []
    }

    /// The price of an upstream; nil if there is none.
    package func price(of upstream: String) -> Price? { prices[upstream] }

    /// Reserve what the request may need.
    ///
    /// - Parameter upstreams: those that may answer: the dearest of them counts.
    /// - Throws: `rateLimited` or `exhausted` with a sentence for the one who asked.
    func admit(
        _ account: Account, prompt: @autoclosure () -> UInt64, answer: UInt64?, upstreams: [Upstream]
    ) async throws(CallError) -> Charge {
        guard budgets.hasRules else { return Charge(self, account, nil) }
        let usage = LLM.Usage(promptTokens: prompt(), completionTokens: answer ?? Self.usualAnswer)
        let cost = upstreams.compactMap { prices[$0.name]?.cost(of: usage) }.max()
        do throws(BudgetRefusal) {
            let estimate = Spending(usage, cost: cost)
            if case .admitted(let reservation) = try budgets.admitNow(account, estimate: estimate) {
                return Charge(self, account, reservation)
            }
            return Charge(self, account, try await budgets.admit(account, estimate: estimate))
        } catch {
            metrics.counter(.budgetRefusals, [.reason: error.rule?.scope.rawValue ?? "unknown"]).increment()
            throw CallError(error)
        }
    }

    /// One request that was let through, until it is known what it used. Confined to the request.
    struct Charge: Sendable {
        private let accounts: ModelAccounts
        private var account: Account
        private let reservation: Reservation?

        init(_ accounts: ModelAccounts, _ account: Account, _ reservation: Reservation?) {
            self.accounts = accounts
            self.account = account
            self.reservation = reservation
        }

        /// Nobody was asked, or nobody answered.
        func release() { reservation?.release() }

        /// Nobody answered. An upstream that was asked in vain, since nobody waited for it, has read the prompt all the
        /// same.
        ///
        /// - Parameter asked: the one that was asked last.
        func fail(_ error: CallError, asked: String?, usage: @autoclosure () -> LLM.Usage) {
            guard let asked, error.code == .cancelled || error.code == .deadline else { return release() }
            settle(usage(), upstream: asked)
        }

        func settle(_ usage: LLM.Usage, upstream: String) {
            let cost = accounts.prices[upstream]?.cost(of: usage)
            reservation?.settle(usage, cost: cost)
            var account = account
            account.upstream = upstream
            accounts.ledger.record(account, usage: usage, cost: cost)
            guard let model = account.model else { return }
            if let cost {
                guard cost > .zero else { return }
                accounts.metrics.counter(.modelCost, [.model: model, .upstream: upstream]).add(cost.dollars)
            } else {
                accounts.metrics.counter(.modelRequestsUnpriced, [.model: model, .upstream: upstream]).increment()
            }
        }
    }

    /// Write what was counted to the store; to be called every second, and at the end.
    /// - Returns: why not all of it could be written; it is kept for the next time.
    package func flush() async -> StoreError? {
        let first = await budgets.flush()
        let second = await ledger.flush()
        return first ?? second
    }
}

extension CallError {
    init(_ refusal: BudgetRefusal) {
        switch refusal.code {
        case .exceeded:
            let isSoon = refusal.rule?.period == .minute
            self.init(
                isSoon ? .rateLimited : .exhausted, refusal.message, retry: isSoon, retryAfter: refusal.retryAfter)
        case .tooLarge: self.init(.exhausted, refusal.message)
        case .unknown: self.init(.unavailable, refusal.message, retry: true, retryAfter: refusal.retryAfter)
        }
    }
}

extension BudgetConfig {
    /// One for each id that it names, or one for all.
    var rules: [BudgetRule] {
        let scope = BudgetRule.Scope(rawValue: per.rawValue) ?? .all
        let period = Accounting.BudgetPeriod(rawValue: period.rawValue) ?? .month
        let models = models.isEmpty ? nil : models.map { ModelPattern($0.text) }
        return (only.isEmpty ? [nil] : only.map { Optional($0) }).map { id in
            BudgetRule(
                scope: scope, id: id, period: period, tokens: tokens.map(Int64.init),
                cost: cost.map(Money.init(dollars:)),
                models: models, name: name.text)
        }
    }
}

extension PricePattern {
    init(_ config: PriceConfig) {
        self.init(
            config.pattern.text,
            Price(
                input: Money(dollars: config.input), output: Money(dollars: config.output),
                cachedInput: config.cachedInput.map(Money.init(dollars:)),
                cacheWrite: config.cacheWrite.map(Money.init(dollars:)),
                perRequest: config.request > 0 ? Money(dollars: config.request) : nil))
    }
}

extension Money {
    var dollars: Double { Double(nanoDollars) / 1e9 }
}
