package import EventLoops
package import NIOCore
package import NIOHTTP1
import Synchronization
package import Telemetry

/// Why the engine cancelled a request's task.
package enum CancellationReason: UInt8, Sendable, CaseIterable {
    /// The client closed its connection, or half of it. Nobody reads an answer.
    case clientGone = 1
    /// `ServerRequest.deadline` passed. The client still waits for an answer.
    case deadline
    /// The host shuts down and its own deadline passed. The client still waits for an answer.
    case shutdown
}

/// One request, complete with its body.
package final class ServerRequest: Sendable {
    package let method: HTTPMethod
    /// The request target in origin form, percent-encoded as sent: path, and query if there is one.
    package let target: String
    /// The target before the question mark, percent-encoded as sent.
    package let path: String
    /// What follows the question mark, percent-encoded as sent; nil without one.
    package let query: Substring?
    package let headers: HTTPHeaders
    /// At most `ListenerSettings.maxBodyBytes`.
    package let body: ByteBuffer
    /// The client's `x-request-id` if it is well-formed (1 to 128 of `A-Z a-z 0-9 . _ -`), otherwise one of our own.
    package let requestID: String
    /// The other end of the connection; nil for a socket without an address.
    package let remoteAddress: SocketAddress?
    /// When the header section was complete.
    package let received: MonotonicTime
    /// When the engine cancels the request.
    package let deadline: MonotonicTime
    /// The executor of the connection's loop, on which the request's task runs.
    package let executor: LoopExecutor

    private let cancellation = Atomic<UInt8>(0)

    /// Why the task was cancelled, if the engine cancelled it. Any thread. Once set it stays, except that
    /// `clientGone` overrides the others.
    package var cancellationReason: CancellationReason? {
        CancellationReason(rawValue: cancellation.load(ordering: .acquiring))
    }

    /// To be set before the task is cancelled, so that whoever wakes by it finds the reason.
    func cancelled(_ reason: CancellationReason) {
        cancellation.store(reason.rawValue, ordering: .releasing)
    }

    init(
        _ incoming: IncomingRequest, body: ByteBuffer, remoteAddress: SocketAddress?, deadline: MonotonicTime,
        executor: LoopExecutor
    ) {
        method = incoming.method
        target = incoming.target
        if let mark = incoming.target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(incoming.target[..<mark])
            query = incoming.target[incoming.target.utf8.index(after: mark)...]
        } else {
            path = incoming.target
            query = nil
        }
        headers = incoming.headers
        requestID = incoming.requestID
        received = incoming.received
        self.body = body
        self.remoteAddress = remoteAddress
        self.deadline = deadline
        self.executor = executor
    }
}
