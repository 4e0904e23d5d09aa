package import NIOCore

/// Takes the events of one exchange. All of them come on the event loop of the exchange; none may block.
///
/// Order: at most one head, then bodies, then exactly one `finished`. Nothing comes before `OutboundClient.start` has
/// returned. Every method may cancel the exchange or start others.
package protocol OutboundReceiver: AnyObject {
    /// The final response head; informational ones (1xx) are not passed on, redirects are not followed.
    func received(head: OutboundResponseHead)
    /// A piece of the body as it came from the network.
    ///
    /// - Returns: false to stop reading from the upstream until `OutboundExchange.resume()`. What has been read already,
    ///   at most a quarter of a megabyte, and the end if it is among it, is still delivered.
    func received(body: ByteBuffer) -> Bool
    /// The exchange is over, nil when the response is complete. The client has let go of the receiver when this returns,
    /// but for one `settled()`.
    func finished(_ error: OutboundError?)
    /// After each burst of events, so that a receiver can act once for several. The connection of a finished exchange
    /// is already back in the pool.
    func settled()
}

extension OutboundReceiver {
    package func settled() {}
}
