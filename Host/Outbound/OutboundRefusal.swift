package import JackfieldNetwork

/// What stood against a request: for the audit, beside the sentence that the plugin gets.
package struct OutboundRefusal: Sendable, Equatable {
    /// The closed list of reasons. The raw value is the fixed short form for metric labels.
    package enum Reason: String, Sendable, CaseIterable {
        /// The URL is none that this client sends to.
        case url
        /// No granted origin covers the URL.
        case grant
        /// The address that the name leads to.
        case address
        /// A secret that the plugin may not have, or not send there.
        case secret
        /// A limit of the plugin.
        case limit
    }

    package let reason: Reason
    /// The rule that was broken: a range of addresses with its source, or the name of a limit.
    package let rule: String
    /// Where the connection would have gone.
    package let address: String?
    /// What that address is for, where that is why.
    package let purpose: SpecialPurpose.Kind?

    package init(
        _ reason: Reason, rule: String, address: String? = nil, purpose: SpecialPurpose.Kind? = nil
    ) {
        self.reason = reason
        self.rule = rule
        self.address = address
        self.purpose = purpose
    }
}
