import Storage

/// Does something with each of many items, at most 128 at a time, so that the store can gather the writes into few
/// transactions and its queue does not overflow.
/// - Parameters:
///   - work: Runs for several items at once.
///   - each: Gets the results, one after the other.
/// - Returns: The first error.
func inGroups<Item: Sendable, Outcome: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Item) async -> Outcome, each: (Outcome) -> StoreError?
) async -> StoreError? {
    guard !items.isEmpty else { return nil }
    return await withTaskGroup(of: Outcome.self) { group in
        var rest = items[...]
        for item in rest.prefix(128) { group.addTask { await work(item) } }
        rest = rest.dropFirst(128)
        var first: StoreError?
        for await outcome in group {
            let error = each(outcome)
            first = first ?? error
            if let item = rest.popFirst() { group.addTask { await work(item) } }
        }
        return first
    }
}
