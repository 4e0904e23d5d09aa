/// Gathers a page by count and by bytes, the same way for every engine.
struct Page<Item> {
    private let limit: Int
    private(set) var items: [Item] = []
    private var bytes = 0
    /// An item was refused: more follow.
    private(set) var isCut = false

    init(limit: Int) { self.limit = limit }

    /// - Returns: Whether the item found room; if not, the page is at its end.
    mutating func add(_ item: @autoclosure () throws -> Item, bytes count: Int) rethrows -> Bool {
        if items.count >= limit || (!items.isEmpty && bytes + count > StoreLimits.pageBytes) {
            isCut = true
            return false
        }
        items.append(try item())
        bytes += count
        return true
    }
}

extension LogTrim {
    static func checkKept(_ count: Int) throws(StoreError) -> Int {
        if count < 0 {
            throw StoreError(.invalidArgument, "keeping the last \(count) entries of a log is not possible")
        }
        return count
    }
}
