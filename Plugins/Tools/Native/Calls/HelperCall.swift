import JackfieldVocabulary

/// A function that is called beside the one that a caller wants: it frees, closes, or tells what went wrong.
struct HelperCall: @unchecked Sendable {
    private let symbol: UnsafeMutableRawPointer
    private let interface: CallInterface
    let result: CType
    /// Bytes of each argument, 8 at most.
    private let sizes: [Int]

    init(_ symbol: UnsafeMutableRawPointer, result: CType, arguments: [CType]) throws(CallError) {
        self.symbol = symbol
        self.result = result
        interface = try CallInterface(result: result, arguments: arguments)
        sizes = arguments.map(\.size)
    }

    /// - Parameter arguments: where each one is.
    /// - Returns: the first eight bytes of what it returns.
    func callAsFunction(_ arguments: [UnsafeRawPointer]) -> UInt64 {
        withUnsafeTemporaryAllocation(byteCount: 16 * (arguments.count + 1), alignment: 16) { block in
            block.initializeMemory(as: UInt8.self, repeating: 0)
            let start = block.baseAddress!
            for (index, argument) in arguments.enumerated() {
                (start + 16 * (index + 1)).copyMemory(from: argument, byteCount: sizes[index])
            }
            _ = interface.call(symbol, result: start) { start + 16 * ($0 + 1) }
            return start.load(as: UInt64.self)
        }
    }

    /// For functions that take one pointer.
    func callAsFunction(pointer: UInt) {
        withUnsafeBytes(of: pointer) { _ = self([$0.baseAddress!]) }
    }
}
