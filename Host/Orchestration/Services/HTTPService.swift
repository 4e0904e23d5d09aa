package import Loading
package import Manifest
package import Outbound
import CJackfield
import EventLoops
import JackfieldVocabulary
import NIOCore
import NIOHTTP1
import Synchronization
import Telemetry

/// jackfield.http/1: the plugins' only way to the network. What the manifest grants decides where they get.
package final class HTTPService: HostService {
    package let id = "jackfield.http"
    package let revision: UInt32 = 1
    private let client: OutboundClient
    private let policies: [String: OutboundPolicy]
    /// The last URL of each plugin that was parsed and admitted: a provider asks for the same one again and again.
    private let admitted = Mutex<[String: (text: String, url: OutboundURL)]>([:])

    /// - Throws: if a granted origin cannot be understood, which the manifest's validation excludes.
    package init(client: OutboundClient, manifest: Manifest) throws {
        self.client = client
        policies = try Dictionary(
            uniqueKeysWithValues: manifest.plugins.map { plugin in
                (
                    plugin.id.text,
                    OutboundPolicy(allowed: try plugin.grants.http.map { try OutboundOrigin($0.description) })
                )
            })
    }

    private func admit(_ text: String, for plugin: String) throws(OutboundError) -> OutboundURL {
        if let known = admitted.withLock({ $0[plugin] }), known.text == text { return known.url }
        let url = try OutboundURL(text)
        try (policies[plugin] ?? OutboundPolicy()).check(url)
        admitted.withLock { $0[plugin] = (text, url) }
        return url
    }

    package func start(_ call: ServiceCall) {
        let request = call.request(HTTPRequest.self)
        do throws(OutboundError) {
            let url = try admit(request.url, for: call.plugin.id)
            var outbound = OutboundRequest(
                method: HTTPMethod(rawValue: request.method), url: url,
                headers: request.headers.map { ($0.name, $0.value) },
                body: request.body.map { ByteBuffer(bytes: $0) },
                deadline: call.scope.deadline > 0
                    ? .uptimeNanoseconds(UInt64(call.scope.deadline)) : .now() + .seconds(300))
            if outbound.body?.readableBytes == 0 { outbound.body = nil }
            let loop = call.scope.executor.loop
            if loop.inEventLoop {
                HTTPServiceExchange(call).start(outbound, client)
            } else {
                let ready = outbound
                loop.execute { [client] in HTTPServiceExchange(call).start(ready, client) }
            }
        } catch {
            call.fail(CallError(error))
        }
    }
}

/// One exchange between a plugin and an upstream, on the loop of the request.
private final class HTTPServiceExchange: OutboundReceiver, ServiceWork, @unchecked Sendable {
    private let call: ServiceCall
    private let executor: LoopExecutor
    private var exchange: OutboundExchange?

    /// Body pieces of one burst, handed over as one event.
    private var body = ByteBuffer()
    /// Events that the plugin had no room for, in order.
    private var waiting: [(event: UInt32, payload: [UInt8])] = []
    private var end: Result<[UInt8], CallError>?
    private var isFinished = false
    private var isReleased = false
    private var grace: LoopTimer?

    init(_ call: ServiceCall) {
        self.call = call
        executor = call.scope.executor
    }

    func start(_ request: OutboundRequest, _ client: OutboundClient) {
        if call.isCancelled { return }
        exchange = client.start(request, on: executor.loop, to: self)
        call.attach(self)
    }

    // From any thread: a plugin may run on worker threads.

    func cancelled() { onLoop { $0.exchange?.cancel() } }
    func released() { onLoop { $0.runOut() } }
    func resumed() { onLoop { $0.goOn() } }

    private func onLoop(_ action: @escaping @Sendable (HTTPServiceExchange) -> Void) {
        if executor.loop.inEventLoop { action(self) } else { executor.loop.execute { action(self) } }
    }

    func received(head: OutboundResponseHead) {
        emit(UInt32(JACKFIELD_HTTP_EVENT_HEAD), HTTPHead(status: head.status, headers: head.headers).payload())
    }

    func received(body piece: ByteBuffer) -> Bool {
        if isReleased { return true }
        if body.readableBytes == 0 {
            body = piece
        } else {
            body.writeImmutableBuffer(piece)
        }
        return waiting.isEmpty && body.readableBytes < 256 * 1024
    }

    func settled() {
        handOver()
        // What was paused because the burst was large goes on once the plugin has taken it.
        if waiting.isEmpty { exchange?.resume() }
        finishIfThrough()
    }

    func finished(_ error: OutboundError?) {
        end = if let error { .failure(CallError(error)) } else { .success(Empty().payload()) }
        exchange = nil
        grace?.cancel()
        handOver()
        finishIfThrough()
    }

    /// The plugin has all that it wanted. An upstream that is just about to end may do so, which saves its connection for
    /// the next request; one that is not is cut off.
    private func runOut() {
        guard let exchange else { return }
        isReleased = true
        body = ByteBuffer()
        waiting = []
        exchange.resume()
        grace = executor.at((MonotonicTime.now() + .milliseconds(250)).nanoseconds) { [weak self] in
            self?.exchange?.cancel()
        }
    }

    private func handOver() {
        guard body.readableBytes > 0 else { return }
        let payload = body.withUnsafeReadableBytes { HTTPBody.payload(of: $0) }
        body = ByteBuffer()
        emit(UInt32(JACKFIELD_HTTP_EVENT_BODY), payload)
    }

    /// What the plugin does with an event must not run in the middle of the connection's work: hence `perform`.
    private func emit(_ event: UInt32, _ payload: [UInt8]) {
        guard waiting.isEmpty else { return waiting.append((event, payload)) }
        switch executor.perform({ call.emit(event: event, payload: payload) }) {
        case .taken: break
        case .full: waiting.append((event, payload))
        case .ended: exchange?.cancel()
        }
    }

    private func goOn() {
        while let (event, payload) = waiting.first {
            switch executor.perform({ call.emit(event: event, payload: payload) }) {
            case .taken: waiting.removeFirst()
            case .full: return
            case .ended:
                waiting = []
                exchange?.cancel()
                return
            }
        }
        exchange?.resume()
        finishIfThrough()
    }

    private func finishIfThrough() {
        guard !isFinished, waiting.isEmpty, let end else { return }
        isFinished = true
        executor.perform { call.finish(end) }
    }
}

extension CallError {
    /// What went wrong on the way to an upstream, in the terms of the ABI.
    init(_ error: OutboundError) {
        let code: Code =
            switch error.code {
            case .cancelled: .cancelled
            case .deadline: .deadline
            case .invalidRequest: .invalidArgument
            case .forbidden: .forbidden
            case .tooLarge: .exhausted
            case .unresolved, .refusedConnection, .unreachable, .connectTimeout, .tls, .reset, .protocolViolation,
                .overloaded, .shutdown:
                .unavailable
            }
        // What surely never reached the upstream may be tried again, and so may what was cut off before an answer.
        let mayRetry =
            switch error.code {
            case .refusedConnection, .unreachable, .connectTimeout, .reset, .overloaded, .unresolved: true
            default: false
            }
        self.init(code, error.sentence, retry: mayRetry)
    }
}
