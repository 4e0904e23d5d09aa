import Glibc
import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Descriptors of this process that are sockets of a server on `port`, at either end. Others' are not counted.
private func sockets(of port: Int) -> Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    var count = 0
    for descriptor in 0..<Int32(min(limit.rlim_cur, 20_000)) {
        var found = false
        for name in [getsockname, getpeername] {
            // The beginning of sockaddr_in and sockaddr_in6 alike: the family, then the port in network order.
            var address = [UInt16](repeating: 0, count: 64)
            var size = socklen_t(128)
            let answer = address.withUnsafeMutableBytes {
                name(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
            }
            if answer == 0 && address[0] == AF_INET && Int(UInt16(bigEndian: address[1])) == port { found = true }
        }
        if found { count += 1 }
    }
    return count
}

private func allowDescriptors(_ count: rlim_t) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = min(max(limit.rlim_cur, count), limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

extension EngineTests {
    @Suite struct Load {
        @Test func `two thousand streams are open at the same time and all end`() async throws {
            allowDescriptors(8192)
            let count = 2000
            let open = Atomic<Int>(0)
            let allOpen = Signal<Void>()
            let gates = Mutex<[CheckedContinuation<Void, Never>]>([])
            let application = Application { _, response in
                response.begin(.ok, contentType: "text/event-stream")
                response.write("data: 1\n\n")
                try? await response.flush()
                await withCheckedContinuation { continuation in
                    gates.withLock { $0.append(continuation) }
                    if open.add(1, ordering: .relaxed).newValue == count { allOpen.send(()) }
                }
                response.write("data: 2\n\n")
                response.end()
            }
            try await withServer(application) { server in
                var clients: [TestClient] = []
                for _ in 0..<count {
                    let client = try await server.connect()
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    clients.append(client)
                }
                try await allOpen.next()
                #expect(server.listener.openConnections == count)
                for gate in gates.withLock({ $0 }) { gate.resume() }
                for client in clients {
                    #expect(try await client.readAnswer().body == "data: 1\n\ndata: 2\n\n")
                    client.close()
                }
                for _ in 0..<count { try await server.recorder.closed.next() }
                #expect(server.recorder.endedCount == count)
            }
        }

        @Test func `a thousand faults leave no descriptor and no task behind`() async throws {
            allowDescriptors(8192)
            let running = Atomic<Int>(0)
            let started = Signal<Void>()
            let returned = Signal<Void>()
            let application = Application { request, response in
                running.add(1, ordering: .relaxed)
                started.send(())
                response.begin(.ok)
                response.write("x")
                try? await response.flush()
                await untilCancelled()
                running.subtract(1, ordering: .relaxed)
                returned.send(())
            }
            try await withServer(application) { server in
                let before = sockets(of: server.port)
                #expect(before == 1)
                var handled = 0
                for number in 0..<1000 {
                    let client = try await server.connect()
                    switch number % 5 {
                    case 0: client.send("GET / HT")
                    case 1: client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                    case 2:
                        client.send("\u{0}\u{1}\r\n\r\n")
                        _ = try await client.readToEnd()
                    default:
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                        try await started.next()
                        handled += 1
                    }
                    if number % 2 == 0 { try? await client.reset() } else { client.close() }
                }
                for _ in 0..<handled { try await returned.next() }
                for _ in 0..<1000 { try await server.recorder.closed.next() }
                #expect(running.load(ordering: .relaxed) == 0)
                #expect(server.listener.openConnections == 0)
                #expect(sockets(of: server.port) == before)
            }
        }
    }
}
