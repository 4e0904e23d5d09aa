/// Why there is no new plugin: one sentence that says what was wrong, and what would be right.
package struct ScaffoldError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
