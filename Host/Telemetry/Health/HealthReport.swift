package import JackfieldJSON

/// The health of the whole host at one moment, from what its components say.
package struct HealthReport: Sendable, Hashable {
    package var time: WallTime
    /// Nanoseconds that the host has been up.
    package var uptime: Int64
    /// Sorted by name.
    package let components: [ComponentHealth]

    package init(time: WallTime, uptime: Int64, components: [ComponentHealth]) {
        self.time = time
        self.uptime = uptime
        self.components = components.sorted { $0.component < $1.component }
    }

    /// Failing if a required component fails; degraded if any other fails or any is degraded; otherwise ok.
    package var status: HealthStatus {
        var worst = HealthStatus.ok
        for component in components {
            worst = max(worst, component.required ? component.status : min(component.status, .degraded))
        }
        return worst
    }

    /// Whether the host should be sent requests: it is, unless it fails. A degraded host still answers.
    package var isReady: Bool { status != .failing }

    /// `{"status", "time", "uptime_seconds"}`, and with details `components` as well.
    package func json(detailed: Bool) -> JSON {
        var object = JSONObject([
            ("status", .string(status.rawValue)), ("time", .string(time.rfc3339)),
            ("uptime_seconds", JSON(Double(uptime / 1_000_000) / 1000)),
        ])
        if detailed { object["components"] = .array(components.map(\.json)) }
        return .object(object)
    }
}
