import JackfieldJSON
import Telemetry
import Testing

@Suite struct HealthReportTests {
    private let start = WallTime(nanoseconds: 1_700_000_000_000_000_000)

    private func report(_ components: ComponentHealth...) -> HealthReport {
        HealthReport(time: start, uptime: 1_234_567_890, components: components)
    }

    private func component(_ status: HealthStatus, required: Bool, _ id: ComponentID = "c") -> ComponentHealth {
        ComponentHealth(id, status, required: required, since: start)
    }

    @Test(arguments: [
        (HealthStatus.ok, true, HealthStatus.ok), (.ok, false, .ok), (.degraded, true, .degraded),
        (.degraded, false, .degraded), (.failing, true, .failing), (.failing, false, .degraded),
    ])
    func oneComponentDecides(status: HealthStatus, required: Bool, expected: HealthStatus) {
        let report = report(component(.ok, required: true, "a"), component(status, required: required, "b"))
        #expect(report.status == expected)
        #expect(report.isReady == (expected != .failing))
    }

    @Test func theWorstCountsAndNothingIsHealthy() {
        #expect(report().status == .ok)
        #expect(
            report(component(.failing, required: true, "a"), component(.degraded, required: false, "b")).status
                == .failing)
    }

    @Test func sinceMovesOnlyWithTheStatus() {
        let later = WallTime(nanoseconds: start.nanoseconds + 5_000_000_000)
        let first = component(.ok, required: true)
        let same = first.observed(.ok, message: "still", at: later)
        #expect(same.since == start && same.message == "still")
        #expect(first.observed(.failing, at: later).since == later)
    }

    @Test func renderingHasComponentsOnlyWhereAskedFor() {
        let report = report(
            ComponentHealth(
                "store", .failing, required: false, message: "disk full", since: start,
                details: JSONObject([("free", 0)])),
            component(.ok, required: true, "listener"))
        #expect(
            report.json(detailed: false).text
                == #"{"status":"degraded","time":"2023-11-14T22:13:20.000Z","uptime_seconds":1.234}"#)
        #expect(
            report.json(detailed: true).object?["components"]?.text
                == #"[{"component":"listener","status":"ok","required":true,"since":"2023-11-14T22:13:20.000Z"},"#
                + #"{"component":"store","status":"failing","required":false,"since":"2023-11-14T22:13:20.000Z","#
                + #""message":"disk full","details":{"free":0}}]"#)
    }
}
