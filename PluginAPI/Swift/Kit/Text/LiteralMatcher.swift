/// Finds all occurrences of many literals in one pass (Aho and Corasick, 1975), also where they overlap.
///
/// Made once, when a plugin is created; `matches` may then be called from any thread. It costs one table look-up for
/// each byte, whatever the number of literals, and the memory is about 2 bytes × (bytes of all literals) × (kinds of
/// bytes in them, rounded up to a power of two).
public struct LiteralMatcher: Sendable {
    public struct Match: Sendable, Hashable {
        /// Index of the literal.
        public let literal: Int
        /// Bytes of the text.
        public var range: Range<Int> { Int(start)..<Int(end) }
        let start: UInt32
        let end: UInt32
    }

    /// By byte: its column. Bytes that are in no literal share column 0.
    private let column: [UInt8]
    /// Columns are a power of two, so that a state's row is found by a shift.
    private let shift: Int
    /// By state and column: the next state. States that end a literal have the highest numbers.
    private let next: [UInt16]
    private let firstEnding: Int
    /// By ending state, from `firstEnding`: where its literals begin in `ended`; one more entry closes the last.
    private let endedFrom: [UInt32]
    private let ended: [UInt32]
    private let length: [UInt32]

    /// - Parameters:
    ///   - literals: Empty ones are never found.
    ///   - folding: What a byte is taken for, in literals and text alike: `{ $0 }`, or say one case for both.
    /// - Returns: nil if the literals need more than 65,535 states, about as many bytes as they have together.
    public init?(_ literals: [[UInt8]], folding: (UInt8) -> UInt8 = { $0 }) {
        var columns = [UInt8](repeating: 0, count: 256)
        var count = 1
        let folded = literals.map { $0.map(folding) }
        for byte in folded.joined() where columns[Int(byte)] == 0 {
            // All 256 values cannot occur: valid UTF-8 has none above 0xF4.
            guard count < 256 else { return nil }
            columns[Int(byte)] = UInt8(count)
            count += 1
        }
        column = (0..<256).map { columns[Int(folding(UInt8($0)))] }
        shift = count <= 1 ? 1 : (count - 1).bitWidth - (count - 1).leadingZeroBitCount
        guard var trie = Trie(folded, columns, shift) else { return nil }
        trie.close()
        (next, firstEnding, endedFrom, ended) = trie.compiled()
        length = folded.map { UInt32($0.count) }
    }

    /// All occurrences, in the order of their ends.
    public func matches(in bytes: [UInt8]) -> [Match] {
        var matches: [Match] = []
        // Raw buffers, since this loop is the cost of a validator: `column` has an entry for each byte, `next` one for
        // each state and column, and holds only states.
        bytes.withUnsafeBufferPointer { bytes in
            column.withUnsafeBufferPointer { column in
                next.withUnsafeBufferPointer { next in
                    var state = 0
                    for at in 0..<bytes.count {
                        state = Int(next[state << shift | Int(column[Int(bytes[at])])])
                        if state >= firstEnding { add(state, at + 1, &matches) }
                    }
                }
            }
        }
        return matches
    }

    @inline(never)
    private func add(_ state: Int, _ end: Int, _ matches: inout [Match]) {
        for index in endedFrom[state - firstEnding]..<endedFrom[state - firstEnding + 1] {
            let literal = Int(ended[Int(index)])
            matches.append(Match(literal: literal, start: UInt32(end) - length[literal], end: UInt32(end)))
        }
    }
}

/// The literals as a tree, and then as an automaton.
private struct Trie {
    private let shift: Int
    private var next: [UInt16]
    private var ends: [[UInt32]] = [[]]
    private var fallback: [UInt16] = [0]

    init?(_ literals: [[UInt8]], _ columns: [UInt8], _ shift: Int) {
        self.shift = shift
        next = [UInt16](repeating: 0, count: 1 << shift)
        for (index, literal) in literals.enumerated() where !literal.isEmpty {
            var state = 0
            for byte in literal {
                let entry = state << shift | Int(columns[Int(byte)])
                if next[entry] == 0 {
                    guard ends.count < Int(UInt16.max) else { return nil }
                    next[entry] = UInt16(ends.count)
                    ends.append([])
                    fallback.append(0)
                    next.append(contentsOf: repeatElement(0, count: 1 << shift))
                }
                state = Int(next[entry])
            }
            ends[state].append(UInt32(index))
        }
    }

    /// Fill in where to go on when the text leaves the tree: breadth first, so that shorter states are complete.
    mutating func close() {
        var queue: [UInt16] = (0..<1 << shift).compactMap { next[$0] == 0 ? nil : next[$0] }
        var head = 0
        while head < queue.count {
            let state = Int(queue[head])
            head += 1
            let back = Int(fallback[state])
            ends[state] += ends[back]
            for column in 0..<1 << shift {
                let entry = state << shift | column
                let beyond = next[back << shift | column]
                if next[entry] == 0 {
                    next[entry] = beyond
                } else {
                    fallback[Int(next[entry])] = beyond
                    queue.append(next[entry])
                }
            }
        }
    }

    /// The tables, with ending states moved to the highest numbers. The root stays 0: it ends nothing.
    func compiled() -> (next: [UInt16], firstEnding: Int, endedFrom: [UInt32], ended: [UInt32]) {
        let order = ends.indices.filter { ends[$0].isEmpty } + ends.indices.filter { !ends[$0].isEmpty }
        let firstEnding = ends.count { $0.isEmpty }
        var number = [UInt16](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { number[old] = UInt16(new) }
        var table: [UInt16] = []
        table.reserveCapacity(next.count)
        for old in order { table += next[old << shift..<(old + 1) << shift].map { number[Int($0)] } }
        var endedFrom: [UInt32] = [0]
        var ended: [UInt32] = []
        for old in order[firstEnding...] {
            ended += ends[old]
            endedFrom.append(UInt32(ended.count))
        }
        return (table, firstEnding, endedFrom, ended)
    }
}
