package import JackfieldJSON
import Resilience
import Telemetry

/// How the upstreams of a model stand, for operators and health.
extension ModelRouter {
    /// Nil for a name that the manifest does not have.
    package func report(of name: String) -> [UpstreamReport]? {
        let now = MonotonicTime.now().nanoseconds
        return model(named: name)?.steps.enumerated().flatMap { step, members in
            members.map { UpstreamReport($0.upstream, step: step, weight: $0.weight, now: now) }
        }
    }
}

/// How one upstream stands at a moment.
package struct UpstreamReport: Sendable {
    package enum State: String, Sendable {
        case ready
        /// It asked to be left alone, and the time is not over.
        case resting
        /// The circuit breaker keeps requests away.
        case open
        /// It is being tried.
        case probing
        /// The plugin does not run.
        case down
    }

    /// INSTANCE/MODEL
    package let name: String
    package let step: Int
    package let weight: Int
    package let state: State
    /// Seconds until it may be asked again.
    package let restsFor: Double
    package let running: Int
    package let queued: Int
    /// Seconds to the first event, of the last minute; nil while too little is known.
    package let p50: Double?
    package let p95: Double?

    init(_ upstream: Upstream, step: Int, weight: Int, now: Int64) {
        let standing = upstream.standing(now: now)
        name = upstream.name
        self.step = step
        self.weight = weight
        running = standing.running
        queued = standing.queued
        p50 = standing.p50.map { Double($0) / 1e9 }
        p95 = standing.p95.map { Double($0) / 1e9 }
        var until = standing.restsUntil
        if !upstream.isRunning {
            state = .down
        } else {
            switch standing.state {
            case .open(let end):
                state = .open
                until = max(until, end)
            case .halfOpen where standing.restsUntil <= now: state = .probing
            case .halfOpen, .closed: state = standing.restsUntil > now ? .resting : .ready
            }
        }
        restsFor = Double(max(0, until - now)) / 1e9
    }

    package var json: JSON {
        var object: JSONObject = [
            "upstream": .string(name), "step": JSON(step + 1), "weight": JSON(weight), "state": .string(state.rawValue),
            "running": JSON(running), "queued": JSON(queued),
        ]
        if restsFor > 0 { object["rests_for_s"] = JSON((restsFor * 1000).rounded() / 1000) }
        if let p50 { object["first_event_p50_ms"] = JSON((p50 * 1e6).rounded() / 1000) }
        if let p95 { object["first_event_p95_ms"] = JSON((p95 * 1e6).rounded() / 1000) }
        return .object(object)
    }
}
