package import JackfieldNetwork

/// Where a connection leads: scheme, host and port, that is, the origin of RFC 6454.
package typealias OutboundEndpoint = WebOrigin

/// An absolute http or https URL of the strict form of `WebURL`, so that what was checked is what is sent.
package struct OutboundURL: Sendable, Hashable, CustomStringConvertible {
    private let url: WebURL

    /// - Throws: `invalidRequest` with a sentence that says which part is wrong.
    package init(_ text: String) throws(OutboundError) {
        do throws(WebURLError) {
            self.url = try WebURL(text)
        } catch {
            throw OutboundError(
                .invalidRequest, "url: \(error.sentence)", safeToRetry: true,
                refusal: OutboundRefusal(.url, rule: error.reason.rawValue))
        }
    }

    package var endpoint: OutboundEndpoint { self.url.origin }
    /// Path and query as they go into the request line; starts with `/`.
    package var target: String { self.url.target }
    /// The target without its query.
    package var path: Substring { self.url.path }
    /// Without the query, which may hold secrets; fit for sentences and logs.
    package var description: String { self.url.description }
}
