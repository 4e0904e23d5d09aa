/// How much the second level takes.
package struct DiskSettings: Sendable, Hashable {
    /// All records together, in bytes. Above it the oldest go, until a tenth is free.
    package var maxBytes = 256 << 20
    /// What may wait to be written, in bytes. Above it answers are kept in memory only.
    package var maxWaitingBytes = 16 << 20

    package init() {}

    package init(maxBytes: Int, maxWaitingBytes: Int = 16 << 20) {
        self.maxBytes = maxBytes
        self.maxWaitingBytes = maxWaitingBytes
    }
}
