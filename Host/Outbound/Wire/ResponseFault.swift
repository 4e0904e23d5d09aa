/// Why a response cannot be read on.
struct ResponseFault: Error, Equatable {
    enum Kind {
        /// It is not HTTP/1.1, or two readers could disagree on where it ends.
        case malformed
        /// Its head, or its trailers, pass the limit.
        case headTooLarge
        /// Its body passes a limit of the exchange, as it comes or once it is decoded.
        case bodyTooLarge, decodedTooLarge
        /// Its content coding is not understood, or its body is not in it.
        case coding
        /// The connection ended within it.
        case truncated
    }

    let kind: Kind
    /// Holds nothing that the upstream sent.
    let sentence: String

    static func malformed(_ sentence: String) -> ResponseFault { ResponseFault(kind: .malformed, sentence: sentence) }

    static func coding(_ sentence: String) -> ResponseFault { ResponseFault(kind: .coding, sentence: sentence) }
    static func decodedTooLarge(_ sentence: String) -> ResponseFault {
        ResponseFault(kind: .decodedTooLarge, sentence: sentence)
    }

    static let headTooLarge = ResponseFault(
        kind: .headTooLarge, sentence: "the response head is longer than the limit")
    static let truncated = ResponseFault(
        kind: .truncated, sentence: "the upstream closed the connection in the middle of its response")
}
