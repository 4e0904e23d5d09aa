#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The descriptors of this process that are connected, or connecting, to a port of 127.0.0.1. Other tests' descriptors
/// are not counted, so that the number is exact while they run.
func descriptorsConnected(toPort port: Int) -> Int {
    (0..<4096).count { descriptor in
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(CInt(descriptor), $0, &size) }
        }
        return found == 0 && address.sin_family == sa_family_t(AF_INET)
            && Int(UInt16(bigEndian: address.sin_port)) == port
    }
}

/// A port that is taken and on which nothing listens, for as long as the value lives.
final class RefusingPort {
    let port: Int
    private let descriptor: CInt

    init() {
        #if canImport(Glibc)
            self.descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #else
            self.descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, size)
                _ = getsockname(descriptor, $0, &size)
            }
        }
        self.port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(self.descriptor) }
}
