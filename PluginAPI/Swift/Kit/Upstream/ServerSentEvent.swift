/// One event of a stream. The bytes are valid only while it is handed over.
@frozen
public struct ServerSentEvent {
    /// What the `event` field says, "" if there was none.
    public var name: String
    public var data: UnsafeBufferPointer<UInt8>

    @inlinable
    public init(name: String, data: UnsafeBufferPointer<UInt8>) {
        self.name = name
        self.data = data
    }
}

/// What reads the events of a stream.
public protocol ServerSentEventReader {
    mutating func receive(_ event: ServerSentEvent)
}
