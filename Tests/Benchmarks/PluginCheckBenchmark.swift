import Foundation
import TestSupport

/// How long an author waits for `plugin check` without fuzzing, on as many processes at a time as there are processors.
enum PluginCheckBenchmark {
    static func run() throws -> [Figure] {
        try Staging.ensure()
        return try ["validator/url", "agent/system-monitoring", "llm/openai", "validator/prompt-injection"].map {
            plugin in
            let start = monotonicNanoseconds()
            let ended = try ChildProcess.run(
                Repository.jackfield, ["plugin", "check", "\(Repository.buildFolder)/plugins/\(plugin)"],
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
                within: .seconds(120))
            guard ended.status == .exited(0) else {
                throw TestFailure("\(plugin) does not pass: \(ended.output.suffix(800))")
            }
            return Figure(
                what: "plugin check \(plugin)", value: Double(monotonicNanoseconds() - start) / 1e9, unit: "s",
                goal: .init(bound: 20, text: "under 20 s"),
                note: String(ended.output.split(separator: "\n").last ?? ""))
        }
    }
}
