import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    @Test("says that it can tell the uptime")
    func description() throws {
        let host = try TestHost(@TYPE@.definition)
        #expect(try host.describe().capabilities.map(\.id) == ["uptime"])
    }

    @Test("answers with a finding, and with a sentence")
    func answer() async throws {
        let call = try TestHost(@TYPE@.definition, config: ["warn_after_days": 1_000_000]).invoke("How long?")
        let result = try await call.result()
        #expect(!result.consulted)
        guard call.events.count == 2, case .finding(let finding) = call.events[0] else {
            Issue.record("expected a finding and a text, got \(call.events)")
            return
        }
        #expect(finding.id == "@SNAKE@.uptime")
        #expect(finding.severity == .info)
        #expect(call.events[1] == .text(finding.title))
    }

    @Test("warns from the configured number of days on")
    func warning() async throws {
        let agent = try @TYPE@(["warn_after_days": 2])
        #expect(agent.finding(days: 1).severity == .info)
        #expect(agent.finding(days: 1).title == "The machine has been running for 1 day.")
        #expect(agent.finding(days: 2).severity == .warning)
        let call = try TestHost(@TYPE@.definition, config: ["warn_after_days": 0]).invoke("How long?")
        _ = try await call.result()
        guard case .text(let text)? = call.events.last else {
            Issue.record("no text")
            return
        }
        #expect(text.hasSuffix(" It is due for a restart: the limit is 0 days."))
    }

    @Test("says why it cannot answer")
    func unreadable() {
        let error = #expect(throws: CallError.self) { try Uptime.days(from: "/proc/none") }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "cannot read /proc/none: No such file or directory")
    }

    @Test("does not take a negative limit")
    func mistake() {
        let error = #expect(throws: CallError.self) {
            try TestHost(@TYPE@.definition, config: ["warn_after_days": -1])
        }
        #expect(error?.message == "config.warn_after_days must be a number from 0 up, not -1")
    }
}
