import JackfieldNetwork
import NIOCore
import NIOHTTP1
import NIOPosix
import Outbound
import Testing

/// What a test sees of one exchange.
struct Outcome: Sendable {
    var status: Int?
    var headers: [(name: String, value: String)] = []
    var body = ByteBuffer()
    var bodies = 0
    var settled = 0
    var finished = 0
    var error: OutboundError?

    var text: String { String(buffer: self.body) }
}

/// A receiver that gathers everything. What a test wants done within an event is given to it as a closure.
final class Collector: OutboundReceiver {
    var outcome = Outcome()
    var exchange: OutboundExchange?
    /// Where its events come.
    var loop: (any EventLoop)?
    var onHead: ((Collector) -> Void)?
    var onBody: ((Collector) -> Bool)?
    private let promise: EventLoopPromise<Outcome>

    init(_ promise: EventLoopPromise<Outcome>) { self.promise = promise }

    func received(head: OutboundResponseHead) {
        #expect(self.outcome.status == nil && self.outcome.finished == 0, "a head came twice or after the end")
        self.outcome.status = head.status
        self.outcome.headers = head.headers
        self.onHead?(self)
    }

    func received(body: ByteBuffer) -> Bool {
        #expect(self.outcome.finished == 0, "a body came after the end")
        self.outcome.bodies += 1
        self.outcome.body.writeImmutableBuffer(body)
        return self.onBody?(self) ?? true
    }

    func finished(_ error: OutboundError?) {
        self.outcome.finished += 1
        self.outcome.error = error
    }

    func settled() {
        self.outcome.settled += 1
        if self.outcome.finished > 0 {
            self.exchange = nil
            self.onHead = nil
            self.onBody = nil
            self.promise.succeed(self.outcome)
        }
    }
}

/// A client on one loop and everything around it; ended by `run`.
struct Bench: Sendable {
    let client: OutboundClient
    /// The loop of the client, not that of the upstreams.
    let loop: any EventLoop
    let upstreamLoop: any EventLoop

    static func run(
        _ settings: OutboundSettings = OutboundSettings(), _ body: (Bench) async throws -> Void
    ) async throws {
        // A test that is about one of these sets it. In all others none may run out, however long the test waits for its own
        // next turn: a minute can go by between two exchanges while tests of other suites hold the runtime's threads.
        var settings = settings
        let defaults = OutboundSettings()
        if settings.idleTimeout == defaults.idleTimeout { settings.idleTimeout = .seconds(1800) }
        if settings.connectTimeout == defaults.connectTimeout { settings.connectTimeout = .seconds(120) }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        var loops = group.makeIterator()
        guard let loop = loops.next(), let other = loops.next() else { return }
        let client = OutboundClient(settings: settings, group: group)
        let bench = Bench(client: client, loop: loop, upstreamLoop: other)
        do {
            try await body(bench)
        } catch {
            await client.shutdown()
            try await group.shutdownGracefully()
            throw error
        }
        await client.shutdown()
        try await group.shutdownGracefully()
    }

    /// Runs one exchange to its end.
    ///
    /// - Parameters:
    ///   - addresses: nil for those that a grant of the URL's origin, and nothing else, admits.
    ///   - prepare: called on the loop just after the start.
    func exchange(
        _ method: HTTPMethod = .GET, _ url: String, headers: [(String, String)] = [], body: String? = nil,
        addresses: AddressGrant? = nil, limits: OutboundLimits = OutboundLimits(),
        within limit: TimeAmount = .seconds(120), _ prepare: @escaping @Sendable (Collector) -> Void = { _ in }
    ) async throws -> Outcome {
        let url = try OutboundURL(url)
        let request = OutboundRequest(
            method: method, url: url, headers: headers, body: body.map { ByteBuffer(string: $0) },
            addresses: addresses ?? AddressGrant(host: url.endpoint.host, privateNames: []), limits: limits,
            deadline: .now() + limit)
        return try await self.loop.flatSubmit {
            let promise = self.loop.makePromise(of: Outcome.self)
            let collector = Collector(promise)
            collector.loop = self.loop
            collector.exchange = self.client.start(request, on: self.loop, to: collector)
            prepare(collector)
            return promise.futureResult
        }.get()
    }
}

let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

/// A complete response with a length.
func response(_ body: String, status: String = "200 OK", fields: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}
