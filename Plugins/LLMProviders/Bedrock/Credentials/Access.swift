import JackfieldPlugin

/// What a request to AWS needs besides itself.
struct Access: Sendable, Equatable {
    var authorization: Authorization
    /// From the configuration, the environment or the profile; nil where none of them says.
    var region: String?
    /// The place does not keep still: asked again it may say something else.
    var isRenewable: Bool
}
