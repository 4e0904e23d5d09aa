import Glibc

/// The descriptors of this process that are connected, or connecting, to a port of 127.0.0.1. Other tests' descriptors
/// are not counted, so that the number is exact while they run.
func descriptorsConnected(toPort port: Int) -> Int {
    // More than a process of tests has open at any time, the two thousand streams of the server's tests among them.
    (0..<16_384).count { descriptor in
        var address = InternetAddress(port: 0)
        return address.withSockAddr { getpeername(CInt(descriptor), $0, &$1) } == 0 && address.isIPv4
            && address.port == port
    }
}

/// A port that is taken and on which nothing listens, for as long as the value lives.
final class RefusingPort {
    let port: Int
    private let descriptor: CInt

    init() {
        self.descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        let descriptor = self.descriptor
        var address = InternetAddress(port: 0)
        _ = address.withSockAddr { bind(descriptor, $0, $1) }
        _ = address.withSockAddr { getsockname(descriptor, $0, &$1) }
        self.port = address.port
    }

    deinit { close(self.descriptor) }
}

/// `sockaddr_in` of 127.0.0.1, as bytes: the family in the machine's order, then the port and the address in that of the
/// network (ip(7)).
private struct InternetAddress {
    private var bytes = [UInt8](repeating: 0, count: 128)

    init(port: UInt16) {
        withUnsafeBytes(of: sa_family_t(AF_INET)) { self.bytes.replaceSubrange(0..<2, with: $0) }
        withUnsafeBytes(of: port.bigEndian) { self.bytes.replaceSubrange(2..<4, with: $0) }
        self.bytes.replaceSubrange(4..<8, with: [127, 0, 0, 1])
    }

    var isIPv4: Bool { self.bytes.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) == sa_family_t(AF_INET) } }
    var port: Int { Int(self.bytes[2]) << 8 | Int(self.bytes[3]) }

    mutating func withSockAddr(_ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> CInt) -> CInt {
        // Of IPv4: a longer one is cut, and told apart by its family.
        var size: socklen_t = 16
        return self.bytes.withUnsafeMutableBytes { body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), &size) }
    }
}
