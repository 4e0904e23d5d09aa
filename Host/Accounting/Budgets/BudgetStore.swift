import Storage

/// Where budgets are kept: two counters for each subject, which the store forgets an hour after the window's end.
struct BudgetStore: Sendable {
    /// For requests that run over the end of their window, and for clocks that differ.
    private static let margin: Int64 = 3_600_000_000_000
    private static let collection: Collection = "budgets"

    let store: any Store
    let meters: [BudgetMeter]

    func read(_ subject: BudgetSubject) async throws(StoreError) -> Spending {
        let tokens = try await store.counter(try key(subject, "tokens"), in: Self.collection)
        let cost = try await store.counter(try key(subject, "cost"), in: Self.collection)
        return Spending(tokens: max(tokens, 0), cost: max(Money(nanoDollars: cost), .zero))
    }

    struct Outcome: Sendable {
        let subject: BudgetSubject
        let amount: Spending
        var failed = Spending.zero
        var sums = Spending.zero
        var error: StoreError?
    }

    func add(_ amount: Spending, to subject: BudgetSubject, now: Int64) async -> Outcome {
        var outcome = Outcome(subject: subject, amount: amount)
        let expiry = Duration.nanoseconds(max(subject.window.end - now, 0) + Self.margin)
        do throws(StoreError) {
            outcome.sums.tokens = try await add(amount.tokens, try key(subject, "tokens"), expiry)
        } catch {
            outcome.failed.tokens = amount.tokens
            outcome.error = error
        }
        do throws(StoreError) {
            let sum = try await add(amount.cost.nanoDollars, try key(subject, "cost"), expiry)
            outcome.sums.cost = Money(nanoDollars: sum)
        } catch {
            outcome.failed.cost = amount.cost
            outcome.error = error
        }
        return outcome
    }

    private func add(_ amount: Int64, _ key: RecordKey, _ expiry: Duration) async throws(StoreError) -> Int64 {
        amount == 0 ? 0 : try await store.add(amount, to: key, in: Self.collection, expiry: expiry)
    }

    private func key(_ subject: BudgetSubject, _ part: String) throws(StoreError) -> RecordKey {
        let start = timestamp(subject.window.start)
        return try RecordKey(
            validating: "\(meters[subject.meter].name)/\(start)/\(part)/\(StoreText.name(subject.id))")
    }
}
