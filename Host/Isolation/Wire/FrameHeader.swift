/// What a frame says.
package enum FrameKind: UInt32, Sendable, Hashable, CaseIterable {
    // From the host: the life of an instance.
    case load = 1
    case create
    case open
    case drain
    case close

    // Both ways: the five functions of `jackfield_side`.
    case start = 16
    case emit
    case finish
    case cancel
    /// Bytes of a call's events that were taken: as many more may be sent.
    case credit

    // From the runner: the answers to the first five.
    case loaded = 32
    case created
    case opened
    case drained
    case closed

    // From the runner: what is no function of the ABI.
    /// The plugin refused a call with a status.
    case refused = 48
    /// A call was cancelled before the plugin heard of it.
    case skipped
    /// The plugin broke the ABI.
    case broke

    var isForRunner: Bool { rawValue < FrameKind.loaded.rawValue }
    var isForHost: Bool { rawValue >= FrameKind.start.rawValue }
}

/// Which end of the wire reads: neither takes what only the other may be told.
package enum WireEnd: Sendable {
    case host
    case runner
}

/// The head of every frame, 48 bytes, little-endian; both parts follow it, each filled up with zeros to a multiple of 8,
/// so that payloads lie as the ABI wants them wherever frames are read in a row.
///
///     0  length     bytes of the whole frame
///     4  kind
///     8  call       start, emit, finish, cancel, credit, refused, skipped
///     16 parent     start
///     24 first      start: interface; emit: event; finish, refused, loaded, created, opened: code or status
///     28 second     start: method; finish: retry
///     32 amount     start, drain: deadline; finish: retry after; credit: bytes; emit, finish: how long a payload is that is
///                   too long to be sent
///     40 head       bytes of the first part: context, message, JSON
///     44 body       bytes of the second part: request, payload, result, configuration
package struct FrameHeader: Sendable, Hashable {
    package static let size = 48

    package var kind: FrameKind
    package var call: UInt64 = 0
    package var parent: UInt64 = 0
    package var first: UInt32 = 0
    package var second: UInt32 = 0
    package var amount: Int64 = 0
    package var head: UInt32 = 0
    package var body: UInt32 = 0

    package init(
        _ kind: FrameKind, call: UInt64 = 0, parent: UInt64 = 0, first: UInt32 = 0, second: UInt32 = 0,
        amount: Int64 = 0
    ) {
        self.kind = kind
        self.call = call
        self.parent = parent
        self.first = first
        self.second = second
        self.amount = amount
    }

    /// Bytes with which a part is filled up.
    package static func padding(_ count: UInt32) -> Int { Int(-Int64(count) & 7) }

    package var length: Int {
        Self.size + Int(head) + Self.padding(head) + Int(body) + Self.padding(body)
    }

    /// Write the 48 bytes.
    package func write(to raw: UnsafeMutableRawPointer) {
        func put(_ value: some FixedWidthInteger, _ offset: Int) {
            raw.storeBytes(of: value.littleEndian, toByteOffset: offset, as: type(of: value).self)
        }
        put(UInt32(truncatingIfNeeded: length), 0)
        put(kind.rawValue, 4)
        put(call, 8)
        put(parent, 16)
        put(first, 24)
        put(second, 28)
        put(amount, 32)
        put(head, 40)
        put(body, 44)
    }

    /// - Parameters:
    ///   - raw: at least 48 bytes.
    ///   - limits: how long the parts may be.
    /// - Throws: if no frame for this end begins so.
    package init(_ raw: UnsafeRawBufferPointer, at end: WireEnd, limits: FrameLimits) throws(WireFault) {
        func get<Value: FixedWidthInteger>(_ offset: Int, _: Value.Type = Value.self) -> Value {
            Value(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Value.self))
        }
        let number: UInt32 = get(4)
        guard let kind = FrameKind(rawValue: number), end == .host ? kind.isForHost : kind.isForRunner else {
            throw WireFault("a frame of kind \(number), which this end takes none of")
        }
        self.init(kind, call: get(8), parent: get(16), first: get(24), second: get(28), amount: get(32))
        head = get(40)
        body = get(44)
        guard head <= limits.head, body <= limits.body else {
            throw WireFault(
                "a frame with parts of \(head) and \(body) bytes; \(limits.head) and \(limits.body) are allowed")
        }
        let stated: UInt32 = get(0)
        guard Int(stated) == length else {
            throw WireFault("a frame that says it has \(stated) bytes, and whose parts make \(length)")
        }
    }
}

/// How long the parts of a frame may be, in bytes.
package struct FrameLimits: Sendable, Hashable {
    package var head: UInt32
    package var body: UInt32

    /// What the host takes from a runner: a result is the longest thing that there is.
    package static let fromRunner = FrameLimits(head: 1 << 20, body: 64 << 20)
    /// What a runner takes from its host: as much as fits a frame's length.
    package static let fromHost = FrameLimits(head: 1 << 20, body: 0xff00_0000)
}

/// What came over the wire is no frame, or not one that may come now. The other end is not to be believed any more.
package struct WireFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
