import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A TCP socket on 127.0.0.1 that blocks, with deadlines. One thread reads and one writes.
package final class Socket: Sendable {
    package let descriptor: Int32
    private let isOpen = Monitor(true)

    package init(descriptor: Int32) {
        self.descriptor = descriptor
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close() }

    package static func connect(port: Int, receiveBuffer: Int32? = nil) throws -> Socket {
        let socket = Socket(descriptor: try make())
        if var size = receiveBuffer {
            setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = loopback(port: UInt16(port))
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw TestFailure.system("connect to port \(port)") }
        return socket
    }

    /// A socket bound to a free port. Without `listens` the port is taken and refuses connections.
    package static func bound(listens: Bool) throws -> (socket: Socket, port: Int) {
        let socket = Socket(descriptor: try make())
        var yes: Int32 = 1
        setsockopt(socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(socket.descriptor, pointer, size) == 0 else { return -1 }
                if listens {
                    // `accept` polls, and must not wait where a connection went away in between.
                    _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
                    if listen(socket.descriptor, 1024) != 0 { return -1 }
                }
                return getsockname(socket.descriptor, pointer, &size)
            }
        }
        guard status == 0 else { throw TestFailure.system("bind") }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func make() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw TestFailure.system("socket") }
        return descriptor
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    /// The next connection, or nil once the socket was shut.
    package func accept() -> Socket? {
        while true {
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&polled, 1, -1) < 0 { if errno == EINTR { continue } else { return nil } }
            let (connection, code) = descriptorsWithoutFlags.withLock { _ in
                let connection = Glibc.accept(descriptor, nil, nil)
                let code = errno
                if connection >= 0 { _ = fcntl(connection, F_SETFD, FD_CLOEXEC) }
                return (connection, code)
            }
            if connection >= 0 { return Socket(descriptor: connection) }
            if code != EINTR && code != ECONNABORTED && code != EAGAIN { return nil }
        }
    }

    package func write(_ text: String) throws { try write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw TestFailure.system("send") }
            sent += count
        }
    }

    /// What has come, at least one byte; empty at the end of the stream. Throws when the time is up, and on a reset.
    package func read(by deadline: Deadline, upTo size: Int = 65536) throws -> [UInt8] {
        guard try waitForInput(by: deadline) else { throw TestFailure("nothing came from the socket in time") }
        var buffer = [UInt8](repeating: 0, count: size)
        while true {
            let count = recv(descriptor, &buffer, size, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw TestFailure.system("recv") }
            return Array(buffer[..<count])
        }
    }

    /// Whether something can be read, or the stream has ended, before the deadline.
    package func waitForInput(by deadline: Deadline) throws -> Bool {
        while true {
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&polled, 1, deadline.millisecondsLeft)
            if count > 0 { return true }
            if count < 0, errno != EINTR { throw TestFailure.system("poll") }
            if count == 0, deadline.hasPassed { return false }
        }
    }

    /// End the stream in both directions; a thread that waits inside wakes up.
    package func shut() { isOpen.withLock { if $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } } }

    /// Say that nothing more will be written, and go on reading.
    package func shutWriting() { isOpen.withLock { if $0 { _ = shutdown(descriptor, Int32(SHUT_WR)) } } }

    package func close() {
        isOpen.withLock { isOpen in
            if isOpen { Glibc.close(descriptor) }
            isOpen = false
        }
    }

    /// Close with a reset (RST) in place of an orderly end.
    package func reset() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            var lingering = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
            Glibc.close(descriptor)
            isOpen = false
        }
    }
}
