import NIOCore
import NIOSSL

/// What the end of a connection means for the exchange that it served. The request has been sent, in part at least.
struct ConnectionFailure {
    let code: OutboundError.Code
    /// To be followed by the phase of the exchange.
    let sentence: String
    /// Whether the connection ended, in contrast to one that carried something wrong.
    let isEnd: Bool
    /// The limit of the plugin that was passed.
    private var limit: OutboundLimits.Name?

    /// - Parameter error: what the channel reported; nil when it just ended.
    init(_ error: (any Error)?) {
        var isEnd = false
        switch error {
        case nil:
            (self.code, isEnd) = (.reset, true)
            self.sentence = "the upstream closed the connection"
        case let error as IOError:
            (self.code, isEnd) = (.reset, true)
            self.sentence = "the connection broke (\(error))"
        case let error as ChannelError:
            (self.code, isEnd) = (.reset, true)
            self.sentence = "the connection broke (\(error))"
        case let fault as ResponseFault:
            switch fault.kind {
            case .malformed:
                self.code = .protocolViolation
                self.sentence = "what the upstream sent is not HTTP/1.1 (\(fault.sentence)), found"
            case .headTooLarge:
                self.code = .tooLarge
                self.sentence = "\(fault.sentence), found"
            case .bodyTooLarge, .decodedTooLarge:
                self.code = .tooLarge
                self.sentence = "\(fault.sentence), found"
                self.limit = fault.kind == .bodyTooLarge ? .responseSize : .decompressedSize
            case .coding:
                self.code = .protocolViolation
                self.sentence = "the response cannot be decoded (\(fault.sentence)), found"
            case .truncated:
                self.code = .reset
                self.sentence = fault.sentence
            }
        case NIOSSLError.uncleanShutdown?:
            (self.code, isEnd) = (.reset, true)
            self.sentence = "the upstream ended the connection without the farewell of TLS"
        case let error?:
            self.code = error is BoringSSLError || error is NIOSSLError || error is NIOSSLExtraError ? .tls : .reset
            self.sentence = "the connection failed (\(error))"
        }
        self.isEnd = isEnd
    }

    /// - Parameter phase: where the exchange stood.
    func error(of request: OutboundRequest, phase: String) -> OutboundError {
        OutboundError(
            self.code, "\(request.name): \(self.sentence) \(phase)", safeToRetry: false,
            refusal: self.limit.map { OutboundRefusal(.limit, rule: $0.rule) })
    }
}
