/// Why the store did not do what it was asked. The sentence names the collection and key, or the file, and what helps.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The closed list. The raw value is the short form for metric labels and logs.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The record is not at the version that the caller named: read it again, decide again.
        case conflict
        /// A name, limit, duration or sum outside the stated bounds: the caller's fault, repeating does not help.
        case invalidArgument = "invalid_argument"
        /// A value above `StoreLimits.valueBytes`.
        case tooLarge = "too_large"
        /// Too many writes wait: the disk does not keep up. Repeat later.
        case overloaded
        /// Another process held the database for longer than the busy timeout. Repeat later.
        case busy
        /// The disk, its quota or the configured maximum size is full. Reads work on.
        case full
        /// The file, folder or file system cannot be written.
        case readOnly = "read_only"
        /// The file cannot be made or opened at all.
        case cannotOpen = "cannot_open"
        /// The file is something else than this program's database.
        case notADatabase = "not_a_database"
        /// The database was written by a later release of this program.
        case newerSchema = "newer_schema"
        /// The database's pages contradict each other.
        case damaged
        /// The store was closed before.
        case closed
        /// The engine failed in another way: input and output, memory.
        case failed
    }

    package let code: Code
    /// One sentence for an operator.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

extension StoreError {
    static let closed = StoreError(.closed, "the store was closed; it takes no more reads and writes")

    static func conflict(
        _ key: RecordKey, _ collection: Collection, found: RecordVersion?, wanted: RecordVersion?
    ) -> StoreError {
        let place = "\(collection)/\(key)"
        switch (found, wanted) {
        case (.some(let found), .some(let wanted)):
            return StoreError(.conflict, "\(place) is at version \(found), not \(wanted): read it again")
        case (.some(let found), .none):
            return StoreError(.conflict, "\(place) exists already, at version \(found)")
        case (.none, .some(let wanted)):
            return StoreError(.conflict, "\(place) does not exist, so it is not at version \(wanted)")
        case (.none, .none):
            return StoreError(.conflict, "\(place) does not exist")
        }
    }
}
