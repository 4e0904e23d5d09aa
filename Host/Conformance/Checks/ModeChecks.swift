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
            let first: ModeTranscript
            let second: ModeTranscript
            let apart: ModeTranscript
            do {
                first = try ModeTranscript.of(bench, .inProcess)
                second = try ModeTranscript.of(bench, .inProcess)
                apart = try ModeTranscript.of(bench, .process)
            } catch let finding as Finding {
                throw Finding.skipped("it does not come so far, which other checks judge: \(finding.sentence)")
            }
            bench.figures.append(("compared", first == second ? "bytes" : "outcomes"))
            for ((here, again), there) in zip(zip(first.answers, second.answers), apart.answers) {
                guard here == again else {
                    // It measures or counts: what it says is different each time.
                    let kinds = Set(here.events.map(\.number)).union(again.events.map(\.number))
                    try expect(
                        there.end.code == here.end.code || there.end.code == again.end.code,
                        "\(here.method) ends as \(here.end.label) in process, as \(there.end.label) in a process of its own",
                        [there.end.message])
                    try expect(
                        Set(there.events.map(\.number)).isSubset(of: kinds),
                        "\(here.method) emits other events in a process of its own", [here.shape, there.shape])
                    continue
                }
                try expect(
                    here.end == there.end, "\(here.method) ends differently in a process of its own",
                    [
                        "in process: \(here.end.label) \(here.end.message)",
                        "apart: \(there.end.label) \(there.end.message)",
                    ])
                try expect(
                    here.events == there.events, "\(here.method) emits something else in a process of its own",
                    [here.shape, there.shape])
            }
        },
    ]
}
