/// What can go wrong between the host and an upstream on the way of the bytes, and where in the answer.
///
/// The kinds are those of Toxiproxy (github.com/Shopify/toxiproxy, "Toxics"), which tests of networked programs have used
/// for years.
package struct Fault: Sendable, Hashable, CaseIterable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        /// A pause.
        case latency
        /// A slow line from there on.
        case bandwidth
        /// Nothing more is sent, and some time later the connection is closed in an orderly way.
        case slowClose = "slow-close"
        /// Nothing more is sent, and the connection stays open.
        case timeout
        /// The connection is reset.
        case resetPeer = "reset-peer"
        /// Pieces of a few bytes from there on, each in a packet of its own.
        case slicer
        /// The connection is closed at once.
        case limitData = "limit-data"
    }

    package enum Position: String, Sendable, CaseIterable {
        case beforeHeaders = "before-headers"
        /// When half of the body has been sent.
        case midStream = "mid-stream"
        /// When only the end of the framing is left: the last byte of a body with a length, the last chunk of a stream.
        /// A slow close comes behind it, as the close of a connection does.
        case atEnd = "at-end"
    }

    package let kind: Kind
    package let position: Position

    package init(_ kind: Kind, _ position: Position) {
        self.kind = kind
        self.position = position
    }

    /// Every kind at every position.
    package static let allCases = Kind.allCases.flatMap { kind in Position.allCases.map { Fault(kind, $0) } }

    /// "latency mid-stream"
    package var description: String { "\(kind.rawValue) \(position.rawValue)" }

    /// The fault that a text begins with; nil if it begins with none.
    package init?(named text: String) {
        let words = text.split(separator: " ")
        guard words.count >= 2, let kind = Kind(rawValue: String(words[0])),
            let position = Position(rawValue: String(words[1]))
        else { return nil }
        self.init(kind, position)
    }

    /// How a request may end that meets the fault, when a new attempt is not allowed.
    package func outcomes(streamed: Bool) -> Set<FaultOutcome> {
        switch (kind, position) {
        case (.latency, _), (.bandwidth, _), (.slicer, _), (.slowClose, .atEnd): [.complete]
        case (_, .beforeHeaders): [.refused]
        // A reset throws away what the host has received and not read, from nothing to all.
        case (.resetPeer, .midStream): streamed ? [.refused, .brokenOff] : [.refused]
        case (.resetPeer, .atEnd): streamed ? [.complete, .refused, .brokenOff] : [.refused]
        case (_, .midStream): streamed ? [.brokenOff] : [.refused]
        // The stream has said [DONE]: nothing is missing.
        case (_, .atEnd): streamed ? [.complete] : [.refused]
        }
    }
}

/// How a request ended.
package enum FaultOutcome: String, Sendable, CaseIterable {
    /// With the whole answer.
    case complete
    /// With an error in OpenAI's envelope and a status of 500 or more.
    case refused
    /// With a part of the answer and then an event that tells the error.
    case brokenOff = "broken off"
}
