/// Which entries are meant: those of the model and of the tenant and with the tag. What is nil does not matter, so that
/// a scope of three nils means everything.
package struct CacheScope: Sendable, Hashable {
    package var model: String?
    package var tenant: String?
    package var tag: String?

    package init(model: String? = nil, tenant: String? = nil, tag: String? = nil) {
        self.model = model
        self.tenant = tenant
        self.tag = tag
    }

    package static let everything = CacheScope()

    package func contains(_ response: CachedResponse) -> Bool {
        contains(model: response.model, tenant: response.tenant, tags: response.tags)
    }

    func contains(model: String, tenant: String?, tags: [String]) -> Bool {
        (self.model == nil || self.model == model) && (self.tenant == nil || self.tenant == tenant)
            && (tag.map { tags.contains($0) } ?? true)
    }
}
