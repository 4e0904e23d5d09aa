package import JackfieldJSON

/// How a component is, from good to bad.
package enum HealthStatus: String, Sendable, Hashable, CaseIterable, Comparable {
    case ok
    /// It works, but not as it should: slower, with less, or on a fallback.
    case degraded
    /// It does not do its work.
    case failing

    package static func < (left: HealthStatus, right: HealthStatus) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .ok: 0
        case .degraded: 1
        case .failing: 2
        }
    }
}

/// The name of a part of the host in health reports: "store", "plugin.system", "model.default".
package struct ComponentID: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral value: String) { text = value }
    package var description: String { text }
    package static func < (left: ComponentID, right: ComponentID) -> Bool { left.text < right.text }
}

/// What one component says of itself. A pure value: nobody asks anything when it is made.
package struct ComponentHealth: Sendable, Hashable {
    package var component: ComponentID
    /// Whether the host can do its work without it.
    package var required: Bool
    package var status: HealthStatus
    /// One sentence for an operator; empty when there is nothing to say.
    package var message: String
    /// Since when the status has been what it is.
    package var since: WallTime
    /// Facts for the detailed view. Never a secret: they are shown to whoever may see the report.
    package var details: JSONObject

    package init(
        _ component: ComponentID, _ status: HealthStatus, required: Bool, message: String = "", since: WallTime,
        details: JSONObject = JSONObject()
    ) {
        self.component = component
        self.required = required
        self.status = status
        self.message = message
        self.since = since
        self.details = details
    }

    /// The state after a new look at the component: `since` moves only if the status changed.
    package func observed(
        _ status: HealthStatus, message: String = "", at time: WallTime, details: JSONObject = JSONObject()
    ) -> ComponentHealth {
        ComponentHealth(
            component, status, required: required, message: message, since: status == self.status ? since : time,
            details: details)
    }

    package var json: JSON {
        var object = JSONObject([
            ("component", .string(component.text)), ("status", .string(status.rawValue)), ("required", .bool(required)),
            ("since", .string(since.rfc3339)),
        ])
        if !message.isEmpty { object["message"] = .string(message) }
        if !details.isEmpty { object["details"] = .object(details) }
        return .object(object)
    }
}
