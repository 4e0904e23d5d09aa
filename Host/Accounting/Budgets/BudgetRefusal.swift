/// Why a request is not let through. The sentence names the rule, what is used and when the window ends; it is for the
/// one who asked, and for the log.
package struct BudgetRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The closed list. The raw value is the short form for metric labels.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The budget is used up, or what remains of it is less than the request may need.
        case exceeded = "budget_exceeded"
        /// The request alone may need more than a whole window allows: repeating does not help.
        case tooLarge = "budget_too_small"
        /// What was used before cannot be read from the store, or too many are counted at once to keep in memory. As
        /// long as nobody knows the rest of a budget, nothing is spent from it.
        case unknown = "budget_unknown"
    }

    package let code: Code
    package let message: String
    /// Nil for `unknown`.
    package let rule: BudgetRule?
    /// Nanoseconds until the window ends, or until it may help to ask again. Nil: it does not help.
    package let retryAfter: Int64?

    package var description: String { message }
}
