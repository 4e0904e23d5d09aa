/// The entries in memory: found by key, ordered by last use, and indexed by model, tenant and tag. Every operation
/// takes constant time, apart from the number of entries that it removes. A value without a lock.
struct ResponseTable: ~Copyable {
    /// A place in `slots`.
    typealias Slot = Int32
    static let none: Slot = -1

    struct Entry {
        let key: CacheKey
        let response: CachedResponse
        let expiresAt: Int64
        /// Neighbours in the order of use.
        var older = none
        var newer = none
        /// Where the entry stands in the lists of its names, in the order of `names(of:)`.
        var places: [Int32] = []
    }

    enum Name: Hashable {
        case model(String)
        case tenant(String)
        case tag(String)
    }

    private var slots: [Entry?] = []
    private var free: [Slot] = []
    private var byKey: [CacheKey: Slot] = [:]
    private var byName: [Name: [Slot]] = [:]
    private var newest = none
    private var oldest = none
    private(set) var bytes = 0

    var count: Int { byKey.count }

    /// The entry without touching it.
    func find(_ key: CacheKey) -> (slot: Slot, expiresAt: Int64, response: CachedResponse)? {
        guard let slot = byKey[key], let entry = slots[Int(slot)] else { return nil }
        return (slot, entry.expiresAt, entry.response)
    }

    /// The entry was used: it goes last when room is made.
    mutating func touch(_ slot: Slot) {
        if newest == slot { return }
        unlink(slot)
        link(slot)
    }

    /// - Precondition: the key is not in the table.
    mutating func insert(_ response: CachedResponse, _ key: CacheKey, expiresAt: Int64) {
        var entry = Entry(key: key, response: response, expiresAt: expiresAt)
        let slot: Slot
        if let reused = free.popLast() {
            slot = reused
        } else {
            slot = Slot(slots.count)
            slots.append(nil)
        }
        Self.forEachName(of: response) { _, name in
            entry.places.append(Int32(byName[name]?.count ?? 0))
            byName[name, default: []].append(slot)
        }
        slots[Int(slot)] = entry
        byKey[key] = slot
        bytes += response.bytes
        link(slot)
    }

    /// Takes an entry out of everything.
    @discardableResult
    mutating func remove(_ slot: Slot) -> CachedResponse? {
        guard let entry = slots[Int(slot)] else { return nil }
        unlink(slot)
        Self.forEachName(of: entry.response) { index, name in leave(name, at: entry.places[index]) }
        slots[Int(slot)] = nil
        free.append(slot)
        byKey[entry.key] = nil
        bytes -= entry.response.bytes
        return entry.response
    }

    /// The entry that was not used for the longest time.
    mutating func removeOldest() -> CachedResponse? { oldest == Self.none ? nil : remove(oldest) }

    /// How many entries have the name.
    func count(of name: Name) -> Int { byName[name]?.count ?? 0 }

    func slot(_ name: Name, at place: Int) -> Slot? {
        guard let list = byName[name], list.indices.contains(place) else { return nil }
        return list[place]
    }

    func response(at slot: Slot) -> CachedResponse? { slots[Int(slot)]?.response }

    // MARK: Indices

    /// The last of the list takes the place that becomes free, so that nothing is moved up.
    private mutating func leave(_ name: Name, at place: Int32) {
        guard let last = byName[name]?.popLast() else { return }
        let count = byName[name]?.count ?? 0
        if count == 0 { byName[name] = nil }
        guard Int(place) < count, let moved = slots[Int(last)] else { return }
        byName[name]?[Int(place)] = last
        Self.forEachName(of: moved.response) { index, other in
            if other == name { slots[Int(last)]?.places[index] = place }
        }
    }

    private static func forEachName(of response: CachedResponse, _ body: (Int, Name) -> Void) {
        body(0, .model(response.model))
        var index = 1
        if let tenant = response.tenant {
            body(index, .tenant(tenant))
            index += 1
        }
        for tag in response.tags {
            body(index, .tag(tag))
            index += 1
        }
    }

    // MARK: Order of use

    private mutating func link(_ slot: Slot) {
        slots[Int(slot)]?.older = newest
        slots[Int(slot)]?.newer = Self.none
        if newest != Self.none { slots[Int(newest)]?.newer = slot }
        newest = slot
        if oldest == Self.none { oldest = slot }
    }

    private mutating func unlink(_ slot: Slot) {
        guard let (older, newer) = slots[Int(slot)].map({ ($0.older, $0.newer) }) else { return }
        if older != Self.none { slots[Int(older)]?.newer = newer } else { oldest = newer }
        if newer != Self.none { slots[Int(newer)]?.older = older } else { newest = older }
    }
}
