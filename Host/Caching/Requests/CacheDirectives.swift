/// What a client's `Cache-Control` asks for (RFC 9111, section 5.2.1), as far as it concerns a cache of answers.
package struct CacheDirectives: Sendable, Hashable {
    /// `no-cache`: ask the model; the answer may be kept for others.
    package var noCache = false
    /// `no-store`: keep nothing of this request. What is kept already may answer it.
    package var noStore = false
    /// `only-if-cached`: answer from the cache or with 504.
    package var onlyIfCached = false
    /// `max-age`: no answer older than this.
    package var maxAge: Duration?
    /// `min-fresh`: no answer that expires sooner than this.
    package var minFresh: Duration?

    package init() {}

    /// May the cache be asked?
    package var mayRead: Bool { !noCache }
    /// May the answer be kept?
    package var mayStore: Bool { !noStore }
}
