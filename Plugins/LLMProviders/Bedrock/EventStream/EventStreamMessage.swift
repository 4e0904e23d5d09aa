/// A message of `application/vnd.amazon.eventstream` (Smithy, "Amazon Event Stream Specification").
struct EventStreamMessage: Sendable, Equatable {
    /// The ten types of a header's value; true and false are two of them.
    enum Value: Sendable, Equatable {
        case bool(Bool)
        case byte(Int8)
        case short(Int16)
        case integer(Int32)
        case long(Int64)
        case bytes([UInt8])
        case string(String)
        /// Milliseconds since 1970.
        case timestamp(Int64)
        /// Sixteen bytes.
        case uuid([UInt8])
    }

    struct Header: Sendable, Equatable {
        var name: String
        var value: Value
    }

    /// In the order in which they came; every name is there once.
    var headers: [Header] = []
    var payload: [UInt8] = []

    /// The text of a header, or nil if it is absent or no text.
    func text(_ name: String) -> String? {
        if case .string(let text)? = headers.first(where: { $0.name == name })?.value { text } else { nil }
    }
}

/// Why a stream of messages cannot be read on.
struct EventStreamFault: Error, Sendable, Equatable {
    /// A sentence without its subject: "has a wrong checksum".
    var reason: String
}
