/// A value with its version, as it was when it was read.
package struct Record: Sendable, Hashable {
    package let key: RecordKey
    package let value: [UInt8]
    package let version: RecordVersion
    /// When it ceases to be seen, in milliseconds since 1970 (UTC); nil: never.
    package let expiresAtMilliseconds: Int64?

    package init(key: RecordKey, value: [UInt8], version: RecordVersion, expiresAtMilliseconds: Int64?) {
        self.key = key
        self.value = value
        self.version = version
        self.expiresAtMilliseconds = expiresAtMilliseconds
    }
}

/// Changes with every write of a record and is never given twice in one store, not even to a record that was deleted
/// and made anew. Of two versions of one record the later is the greater.
package struct RecordVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    package static func < (left: RecordVersion, right: RecordVersion) -> Bool { left.number < right.number }
    package var description: String { String(number) }
}

/// What must hold at the moment of a write. An expired record counts as absent.
package enum WriteCondition: Sendable, Hashable {
    case always
    case absent
    case version(RecordVersion)

    /// - Throws: `conflict` when `found` is not what the condition asks for.
    func check(_ found: RecordVersion?, _ key: RecordKey, _ collection: Collection) throws(StoreError) {
        switch self {
        case .always: return
        case .absent:
            if found != nil { throw .conflict(key, collection, found: found, wanted: nil) }
        case .version(let wanted):
            if found != wanted { throw .conflict(key, collection, found: found, wanted: wanted) }
        }
    }
}

/// One page of a scan, in the order of the keys' bytes.
package struct RecordPage: Sendable, Hashable {
    package let records: [Record]
    /// Pass it as `after` for the page that follows; nil: there is none.
    package let next: RecordKey?

    package init(records: [Record], next: RecordKey?) {
        self.records = records
        self.next = next
    }
}
