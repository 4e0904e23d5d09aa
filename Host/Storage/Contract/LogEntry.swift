/// A place in a log: 1 for the first entry ever appended, rising by one, never given twice, also after a trim.
package struct LogPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    /// Before the first entry: where a consumer begins who has seen nothing.
    package static let start = LogPosition(0)

    package static func < (left: LogPosition, right: LogPosition) -> Bool { left.number < right.number }
    package var description: String { String(number) }
}

/// An entry of a log. It never changes.
package struct LogEntry: Sendable, Hashable {
    package let position: LogPosition
    /// When it was appended, in milliseconds since 1970 (UTC) by the store's clock.
    package let timeMilliseconds: Int64
    package let value: [UInt8]

    package init(position: LogPosition, timeMilliseconds: Int64, value: [UInt8]) {
        self.position = position
        self.timeMilliseconds = timeMilliseconds
        self.value = value
    }
}

/// Which entries at the beginning of a log may go.
package enum LogTrim: Sendable, Hashable {
    /// Up to and with this one.
    case through(LogPosition)
    /// Those before the first entry that is at most this old: for a retention of so many days.
    case olderThan(Duration)
    /// All but the last so many.
    case keepingLast(Int)
}
