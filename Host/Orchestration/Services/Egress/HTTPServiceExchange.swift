import CJackfield
import EventLoops
import JackfieldVocabulary
import Loading
import NIOCore
import NIOHTTP1
import Outbound
import Telemetry

/// One exchange between a plugin and an upstream, on the loop of the request.
final class HTTPServiceExchange: OutboundReceiver, ServiceWork, @unchecked Sendable {
    private let call: ServiceCall
    private let executor: LoopExecutor
    private let egress: PluginEgress
    private let audit: EgressAudit
    /// Given back, with the request's memory, when the upstream is through.
    private var admission: PluginEgress.Admission?
    private var exchange: OutboundExchange?

    /// Body pieces of one burst, handed over as one event.
    private var body = ByteBuffer()
    /// For the answer to a request that bore secrets.
    private var mask: SecretMask?
    /// Events that the plugin had no room for, in order.
    private var waiting: [(event: UInt32, payload: [UInt8])] = []
    private var end: Result<[UInt8], CallError>?
    private var isFinished = false
    private var isReleased = false
    private var grace: LoopTimer?

    init(_ call: ServiceCall, _ admission: PluginEgress.Admission, _ egress: PluginEgress, _ audit: EgressAudit) {
        self.call = call
        self.admission = admission
        self.egress = egress
        self.audit = audit
        executor = call.scope.executor
    }

    func start(_ client: OutboundClient) {
        guard let admission, !call.isCancelled else { return }
        exchange = client.start(admission.request, on: executor.loop, to: self)
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
        var head = head
        // Some upstreams repeat the key that they refuse, and some repeat everything.
        if let mask = SecretMask(admission?.secrets ?? []) {
            head.headers.removeAll { $0.name == "content-length" }
            for index in head.headers.indices { head.headers[index].value = mask.clear(head.headers[index].value) }
            self.mask = mask
        }
        emit(UInt32(JACKFIELD_HTTP_EVENT_HEAD), HTTPHead(status: head.status, headers: head.headers).payload())
    }

    func received(body piece: ByteBuffer) -> Bool {
        if isReleased { return true }
        let piece = mask?.take(piece) ?? piece
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
        end = if let error { .failure(CallError(told(error))) } else { .success(Empty().payload()) }
        exchange = nil
        admission = nil
        if let rest = mask?.end() { body.writeImmutableBuffer(rest) }
        grace?.cancel()
        handOver()
        finishIfThrough()
    }

    /// The error as the plugin gets it, written down where the host refused something.
    private func told(_ error: OutboundError) -> OutboundError {
        guard let admission else { return error }
        let told = egress.explained(error, of: admission)
        audit.refused(call, method: admission.request.method.rawValue, url: admission.request.url, told)
        return told
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
