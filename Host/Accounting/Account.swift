/// Whom a request is charged to, and for what. All of it is names that may be shown: `key` is the id of an API key,
/// never the secret. Nil: there is none, and rules for each one of that kind do not hold for the request.
package struct Account: Sendable, Hashable {
    package var key: String?
    package var user: String?
    package var agent: String?
    package var session: String?
    /// The model that was asked for.
    package var model: String?
    /// The INSTANCE/MODEL that answered; nil while nobody knows.
    package var upstream: String?

    package init(
        key: String? = nil, user: String? = nil, agent: String? = nil, session: String? = nil, model: String? = nil,
        upstream: String? = nil
    ) {
        self.key = key
        self.user = user
        self.agent = agent
        self.session = session
        self.model = model
        self.upstream = upstream
    }
}
