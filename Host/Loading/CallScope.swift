package import EventLoops
package import JackfieldVocabulary

/// On whose behalf and within which bounds a call is made. Nested calls inherit it.
///
/// A class, because it is handed to every call of a request: one reference instead of a dozen.
package final class CallScope: Sendable {
    /// How deep calls may lie in each other: agents that ask each other in a circle end here.
    package static let deepest = 16

    /// The loop of the request.
    package let executor: LoopExecutor
    package let context: CallContext
    /// The context as a payload, made once for the request.
    let contextPayload: [UInt8]
    /// Nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    package let deadline: Int64
    /// Calls of plugins on the host between the request and this scope.
    package let depth: Int
    /// Whether the client, or an agent on the way, has set the deadline, earlier than the host would have.
    package let isHurried: Bool

    package init(executor: LoopExecutor, context: CallContext, deadline: Int64, isHurried: Bool = false) {
        self.executor = executor
        self.context = context
        contextPayload = context.payload()
        self.deadline = deadline
        depth = 0
        self.isHurried = isHurried
    }

    private init(_ scope: CallScope, deadline: Int64, depth: Int, isHurried: Bool) {
        executor = scope.executor
        context = scope.context
        contextPayload = scope.contextPayload
        self.deadline = deadline
        self.depth = depth
        self.isHurried = isHurried
    }

    /// The same with a deadline that is not later than the one it has.
    package func limited(to deadline: Int64) -> CallScope {
        guard deadline > 0, self.deadline == 0 || deadline < self.deadline else { return self }
        return CallScope(self, deadline: deadline, depth: depth, isHurried: true)
    }

    /// For what a service does with other plugins.
    ///
    /// - Throws: `exhausted` when calls lie too deep in each other.
    package func nested() throws(CallError) -> CallScope {
        guard depth < Self.deepest else {
            throw CallError(.exhausted, "plugins call each other more than \(Self.deepest) deep")
        }
        return CallScope(self, deadline: deadline, depth: depth + 1, isHurried: isHurried)
    }
}
