/// What upkeep must know about a record without reading it: a small record of its own beside each answer.
struct RecordSummary {
    let storedAt: Int64
    /// Of the answer's record.
    let bytes: Int
    let model: String
    let tenant: String?
    let tags: [String]

    init(_ response: CachedResponse, bytes: Int) {
        storedAt = response.storedAt
        self.bytes = bytes
        (model, tenant, tags) = (response.model, response.tenant, response.tags)
    }

    /// Nil for what another release wrote, or for what is damaged.
    init?(_ bytes: [UInt8]) {
        var reader = RecordReader(bytes[...])
        guard reader.number(UInt8.self) == ResponseRecord.version, let storedAt = reader.time(),
            let size = reader.number(UInt32.self), let model = reader.text(), let tenant = reader.optionalText(),
            let tags = reader.texts(), reader.isAtEnd
        else { return nil }
        self.storedAt = storedAt
        self.bytes = Int(size)
        (self.model, self.tenant, self.tags) = (model, tenant, tags)
    }

    var encoded: [UInt8] {
        var writer = RecordWriter(reserving: 64)
        writer.number(ResponseRecord.version)
        writer.number(storedAt)
        writer.number(UInt32(bytes))
        writer.text(model)
        writer.text(tenant)
        writer.texts(tags)
        return writer.bytes
    }

    func isIn(_ scope: CacheScope) -> Bool { scope.contains(model: model, tenant: tenant, tags: tags) }
}
