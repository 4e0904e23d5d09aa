import JackfieldVocabulary

/// All memory that one call hands to a function. It lives as long as this object, and not longer than the call.
final class CallMemory {
    private var buffers: [GuardedBuffer] = []

    /// Zeros, guarded.
    func room(for count: Int) throws(CallError) -> UnsafeMutableRawPointer {
        let buffer = try GuardedBuffer(count)
        buffers.append(buffer)
        return buffer.data
    }

    /// What has its data there can only be read from here on.
    func seal(_ data: UnsafeMutableRawPointer) {
        buffers.last { $0.data == data }?.seal()
    }

    /// Bytes with NUL behind them, to be read only.
    func text(_ text: String) throws(CallError) -> UnsafeMutableRawPointer {
        let utf8 = Array(text.utf8)
        let place = try room(for: utf8.count + 1)
        place.copyMemory(from: utf8, byteCount: utf8.count)
        seal(place)
        return place
    }

    /// Whether the function wrote nothing before any of its buffers.
    var isIntact: Bool { buffers.allSatisfy(\.isIntact) }
}
