/// A function as its signature has it, before the configuration says what C cannot.
package struct Declaration: Sendable, Hashable {
    package var name: String
    package var result: CType
    package var parameters: [Parameter]
    /// How many parameters stand before "..."; nil for a function without it.
    package var fixedCount: Int?

    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var type: CType
        /// The word before the type.
        package var direction: Direction
        /// Of `double v[3]`, which C passes as a pointer.
        package var count: Int?
    }

    /// Which way a value travels through a pointer.
    package enum Direction: String, Sendable, Hashable {
        case unsaid
        case out
        case inout_ = "inout"
    }

    package func index(of name: String) -> Int? { parameters.firstIndex { $0.name == name } }
}
