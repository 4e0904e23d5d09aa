import Manifest
import NIOCore

/// Takes the secrets that a request bore out of the answer to it: some upstreams repeat the key that they refuse, and the
/// plugin, which never had it, could not know it as something to be kept quiet.
///
/// Works on the bytes as they come; what may be the beginning of a secret is held back until it is clear. A secret that
/// the upstream writes in another way, cut or escaped, is not found.
struct SecretMask {
    private let secrets: [[UInt8]]
    /// By byte: whether a secret begins with it.
    private var isFirst = [Bool](repeating: false, count: 256)
    private var held: [UInt8] = []

    private static let replacement = Array(Secret.redacted.utf8)

    /// - Returns: nil where there is nothing to look for.
    init?(_ secrets: [Secret]) {
        // Of a few letters, every text is full.
        self.secrets = secrets.map { Array($0.reveal().utf8) }.filter { $0.count >= 6 }
        if self.secrets.isEmpty { return nil }
        for secret in self.secrets { isFirst[Int(secret[0])] = true }
    }

    /// The bytes that are clear now.
    mutating func take(_ piece: ByteBuffer) -> ByteBuffer {
        let bytes = held + Array(piece.readableBytesView)
        held = []
        var clear: [UInt8] = []
        clear.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let rest = bytes[at...]
            if !isFirst[Int(bytes[at])] {
                clear.append(bytes[at])
                at += 1
            } else if let secret = secrets.first(where: { rest.starts(with: $0) }) {
                clear += Self.replacement
                at += secret.count
            } else if secrets.contains(where: { $0.starts(with: rest) }) {
                held = Array(rest)
                break
            } else {
                clear.append(bytes[at])
                at += 1
            }
        }
        return ByteBuffer(bytes: clear)
    }

    /// What was held back, and turned out to be no secret.
    mutating func end() -> ByteBuffer {
        defer { held = [] }
        return ByteBuffer(bytes: held)
    }

    /// A whole text.
    func clear(_ text: String) -> String {
        var mask = self
        mask.held = []
        var bytes = mask.take(ByteBuffer(string: text))
        bytes.writeImmutableBuffer(mask.end())
        return String(buffer: bytes)
    }
}
