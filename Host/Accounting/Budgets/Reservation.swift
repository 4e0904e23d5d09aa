package import JackfieldVocabulary
import Synchronization

/// What a request that was let through may use at most, held until it is known what it used. Exactly one ending counts,
/// the first; a reservation that is let go of without one has used what was estimated. Any thread.
package final class Reservation: Sendable {
    package let estimate: Spending
    private let subjects: [BudgetSubject]
    private let budgets: Budgets
    private let isOver = Atomic(false)

    init(_ budgets: Budgets, _ subjects: [BudgetSubject], estimate: Spending) {
        self.budgets = budgets
        self.subjects = subjects
        self.estimate = estimate
    }

    deinit { end(estimate) }

    /// The request has ended, or was cut off: this is what it used. It is charged to the window that it began in, also
    /// when it is more than was estimated.
    /// - Parameter cost: Nil: not known. Tokens are still counted.
    package func settle(_ usage: LLM.Usage, cost: Money?) { end(Spending(usage, cost: cost)) }

    /// Nobody was asked, or nobody takes anything for it.
    package func release() { end(.zero) }

    private func end(_ used: Spending) {
        guard !isOver.exchange(true, ordering: .relaxed) else { return }
        budgets.settle(subjects, reserved: estimate, used: used)
    }
}
