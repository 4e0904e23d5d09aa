package import NIOCore
package import NIOHTTP1

/// One request. `Host`, `Content-Length` and the connection's own fields are set by the client.
package struct OutboundRequest: Sendable {
    package var method: HTTPMethod
    package var url: OutboundURL
    /// Field names and values in the order in which they are sent.
    package var headers: [(String, String)]
    package var body: ByteBuffer?
    /// Where the connection may lead.
    package var addresses: AddressGrant
    package var limits: OutboundLimits
    /// When the whole exchange, from `start` to the last byte of the response, must be over. Kept to about 10 ms, and
    /// never early.
    package var deadline: NIODeadline

    package init(
        method: HTTPMethod, url: OutboundURL, headers: [(String, String)] = [], body: ByteBuffer? = nil,
        addresses: AddressGrant = .global, limits: OutboundLimits = OutboundLimits(), deadline: NIODeadline
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.addresses = addresses
        self.limits = limits
        self.deadline = deadline
    }

    /// How sentences name the request: method and URL, without the query.
    var name: String { "\(self.method.rawValue) \(self.url)" }

    var isHEAD: Bool { if case .HEAD = self.method { true } else { false } }

    /// The idempotent methods of RFC 9110, 9.2.2.
    var isIdempotent: Bool {
        switch self.method {
        case .GET, .HEAD, .OPTIONS, .TRACE, .PUT, .DELETE: true
        default: false
        }
    }
}
