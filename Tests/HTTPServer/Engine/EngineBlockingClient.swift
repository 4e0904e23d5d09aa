import Glibc
import Testing

/// A client that does nothing on its own: an event loop would read, and close, as soon as the server does.
struct BlockingClient: ~Copyable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let (descriptor, size) = (descriptor, socklen_t(MemoryLayout<sockaddr_in>.size))
        let status = withUnsafeBytes(of: &address) {
            connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), size)
        }
        try #require(status == 0)
    }

    deinit { close(descriptor) }

    /// False if the connection was reset.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// What came until the end, or until a reset.
    func readToEnd() -> String {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &piece, piece.count, 0), count > 0 { all += piece[..<count] }
        return String(decoding: all, as: UTF8.self)
    }
}
