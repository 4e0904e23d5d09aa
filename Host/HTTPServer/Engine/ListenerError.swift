/// Why the listener did not start.
package struct ListenerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons. The raw value is the fixed short form for metric labels.
    package enum Code: String, Sendable, CaseIterable {
        /// Another socket listens there.
        case addressInUse = "address_in_use"
        /// The address is not one of this machine, or its name does not resolve.
        case addressUnavailable = "address_unavailable"
        /// The process may not listen there.
        case forbidden
        /// The system refused for another reason.
        case system
    }

    package let code: Code
    /// What was wrong, where, and what would be right.
    package let sentence: String

    package var description: String { sentence }
}
