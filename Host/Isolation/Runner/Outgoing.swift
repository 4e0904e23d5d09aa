import JackfieldVocabulary

/// A call of the plugin on the host: what the host has sent and the plugin not taken yet. At most what the host has credit
/// for waits here.
struct Outgoing {
    enum Item {
        case event(UInt32, [UInt8])
        case end(Result<[UInt8], CallError>)
    }

    private var waiting: [Item] = []
    private var isDelivering = false
    private var isHeldBack = false
    /// The plugin made room while an event was being offered to it.
    private var hasRoom = false
    /// Taken by the plugin, and not yet told to the host.
    private var owed = 0

    /// - Returns: whether the caller must deliver.
    mutating func push(_ item: Item) -> Bool {
        if case .end(.failure(let error)) = item, error.code == .cancelled {
            // What is queued has no reader; a plugin that is held back would never hear of the end behind it.
            waiting = []
            isHeldBack = false
        }
        waiting.append(item)
        if isDelivering || isHeldBack { return false }
        isDelivering = true
        return true
    }

    /// The plugin takes events again.
    ///
    /// - Returns: whether the caller must deliver.
    mutating func resume() -> Bool {
        guard isHeldBack else {
            hasRoom = isDelivering
            return false
        }
        isHeldBack = false
        if isDelivering || waiting.isEmpty { return false }
        isDelivering = true
        return true
    }

    /// Of the one who delivers: what comes next; nil: nothing waits, somebody else delivers from now on.
    mutating func next() -> Item? {
        guard !waiting.isEmpty else {
            isDelivering = false
            return nil
        }
        hasRoom = false
        return waiting.removeFirst()
    }

    /// Of the one who delivers: the plugin did not take the item.
    ///
    /// - Returns: whether to stop until the plugin makes room; false if it has done so meanwhile.
    mutating func holdBack(_ item: Item) -> Bool {
        if case .end(.failure(let error))? = waiting.last, error.code == .cancelled { return false }
        waiting.insert(item, at: 0)
        if hasRoom { return false }
        isHeldBack = true
        isDelivering = false
        return true
    }

    /// The plugin took so many bytes.
    ///
    /// - Returns: bytes to give back to the host, once a quarter of its credit has come together.
    mutating func release(_ bytes: Int) -> Int? {
        owed += bytes
        guard owed > CallMailbox.bound / 4 else { return nil }
        defer { owed = 0 }
        return owed
    }
}
