import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Says how long this machine has been running.
package struct @TYPE@: AgentPlugin {
    package static let definition = PluginDefinition.agent(id: "@ID@", version: "0.1.0") { setup in
        try @TYPE@(setup.config)
    }

    /// From how many days on the finding is a warning.
    private let warnAfterDays: Double

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) {
        let value = ConfigReader(config: config).value("warn_after_days") ?? 30
        guard let days = value.double, days >= 0 else {
            throw .config("warn_after_days must be a number from 0 up, not \(value)")
        }
        warnAfterDays = days
    }

    package func describe() -> Agent.Description {
        Agent.Description(
            summary: "Says how long this machine has been running.",
            capabilities: [
                Agent.Capability(
                    id: "uptime", description: "How long this machine has been running since it was started.",
                    keywords: ["@NAME@", "uptime", "how long running", "since the last restart"],
                    examples: ["How long has this machine been up?"])
            ])
    }

    package func invoke(_ invocation: Agent.Invocation, _ call: Call<Agent.Event>) async throws -> Agent.Result {
        let finding = finding(days: try Uptime.days())
        try await call.emit(.finding(finding))
        var text = finding.title
        if finding.severity == .warning {
            text += " It is due for a restart: the limit is \(JSON(warnAfterDays)) days."
        }
        try await call.emit(.text(text))
        return Agent.Result(consulted: false)
    }

    func finding(days: Int) -> Agent.Finding {
        Agent.Finding(
            id: "@SNAKE@.uptime", severity: Double(days) >= warnAfterDays ? .warning : .info,
            title: "The machine has been running for \(days) \(days == 1 ? "day" : "days").", value: Double(days),
            threshold: warnAfterDays, unit: "d", source: Uptime.source)
    }
}
