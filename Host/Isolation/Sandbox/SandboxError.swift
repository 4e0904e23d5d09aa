/// Why a sandbox could not be entered. The process has then given up some of its rights and not others: it must end.
package struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The kernel lacks something that the level needs.
        case missing
        /// A setting makes no sense, or names a path that is not there.
        case settings
        /// The process is not in the state that is needed.
        case state
        /// A step failed that the kernel should be able to do.
        case failed
    }

    package var code: Code
    /// One sentence for the operator: what was wrong, where, and what to write instead.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
