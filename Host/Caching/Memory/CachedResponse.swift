package import JackfieldVocabulary

/// An answer that is kept, as the provider gave it: a stream is played back as a stream, piece by piece.
///
/// The payloads have been checked against their layouts, also those that were read from the disk, so that a
/// `PayloadReader` may follow them.
package struct CachedResponse: Sendable, Equatable {
    package let method: CachedMethod
    /// In the order in which they came; none for an embedding.
    package let events: [CallMailbox.Event]
    /// `jackfield_llm_complete_result` or `jackfield_llm_embed_result`.
    package let result: [UInt8]
    /// The INSTANCE/MODEL that answered.
    package let upstream: String?
    /// The name that the client asked for.
    package let model: String
    package let tenant: String?
    /// Names by which an operator can have it thrown away.
    package let tags: [String]
    /// When the upstream had answered: nanoseconds since 1970.
    package let storedAt: Int64
    /// What it costs in memory, in bytes, with an allowance for what surrounds the payloads.
    package let bytes: Int

    package init(
        method: CachedMethod, events: [CallMailbox.Event], result: [UInt8], upstream: String?, model: String,
        tenant: String?, tags: [String] = [], storedAt: Int64
    ) {
        self.method = method
        self.events = events
        self.result = result
        self.upstream = upstream
        self.model = model
        self.tenant = tenant
        var unique: [String] = []
        for tag in tags where !unique.contains(tag) { unique.append(tag) }
        self.tags = unique
        self.storedAt = storedAt
        var bytes = Self.fixedCost + result.count + model.utf8.count
        for event in events { bytes += Self.cost(ofEvent: event.payload.count) }
        for text in [upstream, tenant] { bytes += text?.utf8.count ?? 0 }
        for tag in unique { bytes += Self.tagCost + tag.utf8.count }
        self.bytes = bytes
    }

    /// Seconds for the `age` header (RFC 9111, section 5.1): how long ago the upstream answered. Never negative, also
    /// when the clock was set back.
    package func age(now: Int64) -> Int { Int(max(0, now &- storedAt) / 1_000_000_000) }

    package static func == (left: CachedResponse, right: CachedResponse) -> Bool {
        left.method == right.method && left.result == right.result && left.upstream == right.upstream
            && left.model == right.model && left.tenant == right.tenant && left.tags == right.tags
            && left.storedAt == right.storedAt && left.events.elementsEqual(right.events, by: ==)
    }

    /// The entry in the table with its links and places in the indices.
    static let fixedCost = 400
    static let tagCost = 64
    /// An event costs its payload, the array's header, and its place in the list.
    static func cost(ofEvent payload: Int) -> Int { payload + 56 }
}
