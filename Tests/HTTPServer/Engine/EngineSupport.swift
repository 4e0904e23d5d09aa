import EventLoops
import Glibc
import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Telemetry
import Testing

/// All tests of the engine, one after the other: some of them use up thousands of descriptors. The limit is only there so
/// that a broken engine does not hold the run up: while tests of other suites hold the runtime's few threads, minutes can
/// go by between two lines of a test.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct EngineTests {}

/// An application made of one closure.
struct Application: RequestHandler {
    let body: @Sendable (ServerRequest, ResponseWriter) async -> Void

    func handle(_ request: ServerRequest, _ response: ResponseWriter) async { await body(request, response) }
}

/// Answers with the method, the target and the body that it got.
let echo = Application { request, response in
    var text = ByteBuffer(string: "\(request.method) \(request.target) ")
    text.writeImmutableBuffer(request.body)
    response.send(.ok, contentType: "text/plain", body: text)
}

/// A value that is waited for.
final class Signal<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send(_ value: Value) { continuation.yield(value) }

    func next() async throws -> Value {
        var iterator = stream.makeAsyncIterator()
        return try #require(await iterator.next())
    }
}

/// Lets the loop of a request look after its sockets so many times.
func turns(_ count: Int, of request: ServerRequest) async {
    for _ in 0..<count { try? await request.executor.loop.submit {}.get() }
}

/// Waits for the cancellation of the task, and for nothing else.
func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    await withTaskCancellationHandler {
        for await _ in stream {}
    } onCancel: {
        continuation.finish()
    }
}

/// Remembers what the engine reports.
final class Recorder: RequestObserver {
    let summaries = Signal<RequestSummary>()
    let closed = Signal<Void>()
    private let opened = Atomic<Int>(0)
    private let ended = Atomic<Int>(0)

    var openedCount: Int { opened.load(ordering: .relaxed) }
    var endedCount: Int { ended.load(ordering: .relaxed) }

    func connectionOpened() { opened.add(1, ordering: .relaxed) }
    func connectionClosed() { closed.send(()) }
    func requestEnded(_ summary: RequestSummary) {
        ended.add(1, ordering: .relaxed)
        summaries.send(summary)
    }
}

/// A listener on a free port, for the length of a test.
struct TestServer {
    let listener: HTTPListener
    let recorder: Recorder
    let group: MultiThreadedEventLoopGroup
    let address: SocketAddress

    var port: Int { address.port ?? 0 }

    /// - Parameter text: Sent as soon as the connection is there, on its event loop: for tests of short limits, since a
    ///   test may have to wait long for its own next turn.
    func connect(sending text: String = "", autoRead: Bool = true) async throws -> TestClient {
        try await TestClient.connect(to: address, on: group, sending: text, autoRead: autoRead)
    }

    /// Send text on a connection of its own, and read until the server closes.
    func exchange(_ text: String) async throws -> String {
        let client = try await connect(sending: text)
        let answer = try await client.readToEnd()
        client.close()
        return answer
    }
}

func withServer(
    _ handler: any RequestHandler = echo, loops: Int = 2, _ adjust: (inout ListenerSettings) -> Void = { _ in },
    _ body: (TestServer) async throws -> Void
) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
    let recorder = Recorder()
    var settings = ListenerSettings(host: "127.0.0.1", port: 0)
    // A test that is about one of these sets it. In all others none may run out, however long the test is held up.
    settings.headerTimeout = .seconds(1800)
    settings.bodyTimeout = .seconds(1800)
    settings.idleTimeout = .seconds(1800)
    settings.requestTimeout = .seconds(1800)
    settings.cancellationGrace = .seconds(60)
    settings.sendTimeout = .seconds(1800)
    settings.lingerTimeout = .seconds(1800)
    adjust(&settings)
    let listener = HTTPListener(
        settings: settings, executors: LoopExecutors(group.makeIterator()), group: group, handler: handler,
        observer: recorder
    ) { fault, path, id in
        (
            "application/json",
            ByteBuffer(string: "{\"fault\":\"\(fault.code.rawValue)\",\"path\":\"\(path ?? "-")\",\"id\":\"\(id)\"}")
        )
    }
    let address = try await listener.start()
    let failure: (any Error)?
    do {
        try await body(TestServer(listener: listener, recorder: recorder, group: group, address: address))
        failure = nil
    } catch { failure = error }
    await listener.drain(deadline: .now())
    try await group.shutdownGracefully()
    if let failure { throw failure }
}

/// One raw connection to the server.
final class TestClient: Sendable {
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: String
    }
    struct Ended: Error { let rest: String }

    private let channel: any Channel
    private let inbox: NIOLoopBound<Inbox>

    private init(channel: any Channel, inbox: NIOLoopBound<Inbox>) {
        self.channel = channel
        self.inbox = inbox
    }

    static func connect(
        to address: SocketAddress, on group: any EventLoopGroup, sending text: String = "", autoRead: Bool = true
    ) async throws -> TestClient {
        let loop = group.next()
        let inbox = try await loop.submit { NIOLoopBound(Inbox(greeting: text), eventLoop: loop) }.get()
        let channel = try await ClientBootstrap(group: loop)
            .channelOption(.autoRead, value: autoRead)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(inbox.value) }
            }
            .connect(to: address).get()
        return TestClient(channel: channel, inbox: inbox)
    }

    func send(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    func startReading() { _ = channel.setOption(.autoRead, value: true) }
    /// Read as a client on a slow line does, at most one read in each interval, until the connection ends.
    func startReading(every interval: TimeAmount) {
        let channel = channel
        channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { task in
            if channel.isActive { channel.read() } else { task.cancel() }
        }
    }
    func close() { channel.close(promise: nil) }

    /// Close with a reset instead of an end.
    func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close().get()
    }

    /// Bytes up to and with `mark`.
    func read(through mark: String) async throws -> String {
        let mark = Array(mark.utf8)
        return try await receive { bytes in
            guard bytes.readableBytes >= mark.count else { return nil }
            let view = bytes.readableBytesView
            return view.indices.first { view[$0...].starts(with: mark) }.map { $0 - view.startIndex + mark.count }
        }
    }

    func read(count: Int) async throws -> String {
        try await receive { $0.readableBytes >= count ? count : nil }
    }

    func readToEnd() async throws -> String {
        do { return try await receive { _ in nil } } catch let end as Ended { return end.rest }
    }

    /// One answer, by its framing.
    func readAnswer(toHead: Bool = false) async throws -> Answer {
        let lines = try await read(through: "\r\n\r\n").split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let colon = try #require(line.firstIndex(of: ":"))
            headers[line[..<colon].lowercased()] = String(line[line.index(colon, offsetBy: 2)...])
        }
        let status = try #require(Int(lines[0].split(separator: " ")[1]))
        var body = ""
        if toHead {
        } else if let length = headers["content-length"].flatMap({ Int($0) }) {
            body = try await read(count: length)
        } else if headers["transfer-encoding"] == "chunked" {
            while true {
                let size = try #require(Int(try await read(through: "\r\n").dropLast(1), radix: 16))
                body += try await read(count: size)
                #expect(try await read(count: 2) == "\r\n")
                if size == 0 { break }
            }
        }
        return Answer(status: status, headers: headers, body: body)
    }

    private func receive(_ find: @escaping @Sendable (ByteBuffer) -> Int?) async throws -> String {
        let inbox = inbox
        return try await channel.eventLoop.flatSubmit { inbox.value.receive(find, on: inbox) }.get()
    }

    private final class Inbox: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let greeting: String
        private var bytes = ByteBuffer()
        private var isEnded = false
        private var waiter: (find: (ByteBuffer) -> Int?, promise: EventLoopPromise<String>)?

        init(greeting: String) { self.greeting = greeting }

        func channelActive(context: ChannelHandlerContext) {
            if !greeting.isEmpty { context.writeAndFlush(NIOAny(ByteBuffer(string: greeting)), promise: nil) }
            context.fireChannelActive()
        }

        func receive(_ find: @escaping @Sendable (ByteBuffer) -> Int?, on bound: NIOLoopBound<Inbox>)
            -> EventLoopFuture<String>
        {
            let promise = bound.eventLoop.makePromise(of: String.self)
            waiter = (find, promise)
            deliver()
            return promise.futureResult
        }

        private func deliver() {
            guard let waiter else { return }
            if let count = waiter.find(bytes), let text = bytes.readString(length: count) {
                self.waiter = nil
                waiter.promise.succeed(text)
            } else if isEnded {
                self.waiter = nil
                waiter.promise.fail(Ended(rest: bytes.readString(length: bytes.readableBytes) ?? ""))
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes.writeImmutableBuffer(unwrapInboundIn(data))
            deliver()
        }

        func channelInactive(context: ChannelHandlerContext) {
            isEnded = true
            deliver()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            isEnded = true
            deliver()
            context.close(promise: nil)
        }
    }
}
