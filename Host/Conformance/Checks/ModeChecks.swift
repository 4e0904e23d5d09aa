import CJackfield
import JackfieldJSON

extension CheckCatalogue {
    static let modeChecks: [Check] = [
        Check(
            id: "modes-process", group: .modes,
            sentence: "The plugin loads, opens, answers and ends in a sandboxed process of its own.",
            why: """
                An operator may write `isolation: process` for any plugin. In the sandbox there is no network, no other \
                process, and no file but those that were granted.
                """,
            mend: """
                Ask the services for what lies outside; name files that must be readable under `grants.read` in \
                plugin.json; look at the calls that the sandbox refused in the plugin's report.
                """
        ) { bench in
            do { _ = try ModeTranscript.of(bench, .process) } catch {
                // What goes wrong in this process too is no matter of the mode.
                do { _ = try ModeTranscript.of(bench, .inProcess) } catch {
                    throw Finding.skipped("it does not come so far in this process either, which other checks judge")
                }
                throw error
            }
        },
        Check(
            id: "modes-same-answers", group: .modes,
            sentence: "Both modes give the same answers, byte for byte.",
            why: "Isolation is one word of the manifest, and must change nothing that a user sees.",
            mend: """
                Look for what differs between the processes: the environment, the working directory, files, the number of \
                processors. A plugin whose answers vary by themselves is held to the kinds of its events and its outcomes.
                """
        ) { bench in
            var here: [ModeTranscript]
            let apart: ModeTranscript
            do {
                here = [try ModeTranscript.of(bench, .inProcess), try ModeTranscript.of(bench, .inProcess)]
                apart = try ModeTranscript.of(bench, .process)
                // A die may fall the same twice. Where there is a difference, it is thrown until it varies by itself, or
                // until a coin would have: the chance that it does not is one in four million.
                let end = BenchClock.now() + bench.patience
                while here.count < 22, here.count < 4 || BenchClock.now() < end,
                    apart.answers.indices.contains(where: { differs($0, here, apart) })
                {
                    here.append(try ModeTranscript.of(bench, .inProcess))
                }
            } catch let finding as Finding {
                throw Finding.skipped("it does not come so far, which other checks judge: \(finding.sentence)")
            }
            bench.figures.append(("compared", here.allSatisfy { $0 == here[0] } ? "bytes" : "outcomes"))
            for index in apart.answers.indices { try compare(here.map { $0.answers[index] }, apart.answers[index]) }
        },
    ]

    /// Whether the process of its own says other than this one, which says the same each time.
    private static func differs(_ index: Int, _ here: [ModeTranscript], _ apart: ModeTranscript) -> Bool {
        let first = here[0].answers[index]
        return first != apart.answers[index] && here.allSatisfy { $0.answers[index] == first }
    }

    /// - Parameter here: what this process answered, each time that it was asked.
    private static func compare(_ here: [ModeTranscript.Answer], _ there: ModeTranscript.Answer) throws {
        let first = here[0]
        guard here.allSatisfy({ $0 == first }) else {
            // It measures or counts: what it says is different each time.
            let kinds = Set(here.flatMap { $0.events.map(\.number) })
            try expect(
                here.contains { $0.end.code == there.end.code },
                "\(first.method) ends as \(first.end.label) in process, as \(there.end.label) in a process of its own",
                [there.end.message])
            try expect(
                Set(there.events.map(\.number)).isSubset(of: kinds),
                "\(first.method) emits other events in a process of its own", [first.shape, there.shape])
            return
        }
        try expect(
            first.end == there.end, "\(first.method) ends differently in a process of its own",
            [
                "in process: \(first.end.label) \(first.end.message)",
                "apart: \(there.end.label) \(there.end.message)",
            ])
        try expect(
            first.events == there.events, "\(first.method) emits something else in a process of its own",
            [first.shape, there.shape])
    }
}
