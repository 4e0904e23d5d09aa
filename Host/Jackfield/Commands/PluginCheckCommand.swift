import ArgumentParser
import Conformance
import Glibc
import JackfieldJSON
import Loading
import Manifest
import Registry

/// `jackfield plugin check`: does a plugin keep to the ABI and to its role's contract?
struct PluginCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check that a plugin keeps to the ABI and to the contract of its role.",
        discussion: """
            FILE is a plugin's folder, its plugin.json or its library. Each check runs in a process of its own. What the \
            plugin's surroundings answer meanwhile stands in check.json beside plugin.json. Exit code 0: nothing failed; 1: a \
            check failed; 2: usage, or nothing was checked; 78: the plugin.json, the configuration or the rehearsal is wrong.
            """)

    @Argument(help: "A plugin's folder, plugin.json or library.", completion: .file())
    var file: String?

    @Option(
        name: .long,
        help:
            "Only these checks: ids or groups, separated by commas. Groups: \(CheckGroup.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var only: String?

    @Option(name: .long, help: "Without these checks: ids or groups, separated by commas.")
    var without: String?

    @Option(name: .long, help: "The plugin's configuration: JSON, or a file with JSON.")
    var config: String?

    @Option(name: .long, help: "A file in place of check.json.", completion: .file(extensions: ["json"]))
    var rehearsal: String?

    @Option(name: .long, help: "What random choices are made of.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Checks at a time; without it, one for each processor core.")
    var jobs: Int?

    @Option(name: .long, help: "Seconds that one check may take.")
    var limit: Int = 10

    @Option(name: .long, help: "After the checks, do legal and malformed things to the plugin for so many seconds.")
    var fuzz: Int?

    @Option(name: .long, help: "One round of the fuzzer alone, by the seed that it printed.")
    var fuzzSeed: UInt64?

    @Option(name: .long, help: "So many rounds in one process, from that seed on, as it printed them.")
    var fuzzRounds: UInt64?

    @Option(name: .long, help: "The form of the report: text, json, junit or sarif.")
    var format = "text"

    @Option(name: .long, help: "Write the report into this file; the text still goes to the terminal.")
    var output: String?

    @Flag(name: .long, help: "Print the ids of all checks with their sentences.")
    var list = false

    @Option(name: .long, help: "Print the page of a check.")
    var page: String?

    @Option(name: .long, help: "Write the pages of all checks into this folder.", completion: .directory)
    var pages: String?

    func validate() throws {
        if file == nil, !list, page == nil, pages == nil { throw ValidationError("Missing expected argument '<file>'") }
        if ReportFormat(rawValue: format) == nil {
            throw ValidationError("--format is text, json, junit or sarif, not \(format)")
        }
        try check(fuzz, within: 1...FuzzCampaign.most, "--fuzz", "seconds")
        try check(limit, within: 1...3600, "--limit", "seconds")
        try check(jobs, within: 1...1024, "--jobs", "processes")
        try check(fuzzRounds, within: 1...1_000_000, "--fuzz-rounds", "rounds")
        if fuzzRounds != nil, fuzzSeed == nil {
            throw ValidationError("--fuzz-rounds goes with --fuzz-seed, which names the first of them")
        }
        if fuzz != nil, fuzzSeed != nil {
            throw ValidationError(
                "--fuzz looks for faults and --fuzz-seed shows one again: only one of them can be given")
        }
    }

    private func check<Number: BinaryInteger>(
        _ given: Number?, within range: ClosedRange<Number>, _ option: String, _ unit: String
    ) throws {
        guard let given, !range.contains(given) else { return }
        throw ValidationError("\(option) is \(range.lowerBound) to \(range.upperBound) \(unit), not \(given)")
    }

    func run() async throws {
        if list {
            for check in CheckCatalogue.all { Terminal.out("\(check.id)\t\(check.sentence)\n") }
            return
        }
        if let page {
            guard let check = CheckCatalogue.check(page) else {
                throw ValidationError("There is no check \(page); --list prints all")
            }
            return Terminal.out(CheckPage.markdown(check))
        }
        if let pages {
            for check in CheckCatalogue.all + [CheckCatalogue.fuzz] {
                try save(CheckPage.markdown(check), to: "\(pages)/\(check.id).md")
            }
            return
        }
        let named = fuzzSeed == nil ? try chosen() : [CheckCatalogue.fuzz]
        let subject = try read(file ?? "")
        do { _ = try subject.requests() } catch {
            let what = (error as? Finding)?.sentence ?? "\(error)"
            throw CommandFailure.configuration(["the rehearsal's requests cannot be made: \(what)"])
        }
        // What is about other roles says nothing of this plugin, unless it was asked for by name.
        let checks = named.filter { only != nil || $0.applies(to: subject.role) }
        guard !checks.isEmpty || fuzz != nil else {
            let reason = "nothing would be checked: all that --without leaves is about roles other than \(subject.role)"
            throw CommandFailure(sentences: [reason], exitCode: 2)
        }
        var run = CheckRun(
            subject: subject, checks: checks, seed: fuzzSeed ?? seed,
            jobs: jobs ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            limit: Int64(limit) * 1_000_000_000, executable: Self.executable)
        if fuzzSeed != nil { run.rounds = fuzzRounds ?? 1 }
        let form = ReportFormat(rawValue: format) ?? .text
        var report = TextReport(words: words, isColoured: Terminal.isOutputColoured && output == nil)
        var text = ""
        // Where standard output carries another form, the text is left out.
        let isShown = form == .text || output != nil
        func show(_ lines: String) {
            text += lines
            if isShown { Terminal.out(lines) }
        }
        let started = BenchClock.now()
        var results = run.run { show(report.lines($0)) }
        if let fuzz {
            let campaign = FuzzCampaign(run: run, seconds: fuzz)
            let result = campaign.run(after: results)
            show(report.lines(result))
            results.append(result)
        }
        show(report.summary(results, seconds: Double(BenchClock.now() - started) / 1e9))
        let written = form.write(results, subject: subject, words: words, version: Version.text) ?? text
        if let output {
            try save(written, to: output)
        } else if !isShown {
            Terminal.out(written)
        }
        if results.contains(where: { $0.verdict == .failed }) { throw ExitCode(1) }
        if !results.contains(where: { $0.verdict == .passed }) {
            let first = results.first.map { ", the first because \($0.sentence)" } ?? ""
            let reason = "nothing was checked: all of \(results.count) were skipped\(first)"
            throw CommandFailure(sentences: [reason], exitCode: 2)
        }
    }

    /// What a report names for those who want to see a result again.
    private var words: CommandWords {
        var options: [String] = []
        if let config { options += ["--config", config] }
        if let rehearsal { options += ["--rehearsal", rehearsal] }
        if limit != 10 { options += ["--limit", String(limit)] }
        return CommandWords(file: file ?? "", options: options)
    }

    private func save(_ text: String, to path: String) throws {
        guard let stream = fopen(path, "we") else {
            throw CommandFailure.failed("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        let count = fwrite(text, 1, text.utf8.count, stream)
        guard fclose(stream) == 0, count == text.utf8.count else {
            throw CommandFailure.failed("\(path) could not be written to its end")
        }
    }

    private func chosen() throws -> [Check] {
        func select(_ names: String) throws -> [Check] {
            switch CheckCatalogue.select(names) {
            case .success(let checks): return checks
            case .failure(let unknown):
                throw ValidationError("There is no check and no group \(unknown.name); --list prints all")
            }
        }
        let wanted = try only.map(select) ?? CheckCatalogue.all
        let unwanted = Set(try without.map(select)?.map(\.id) ?? [])
        let checks = wanted.filter { !unwanted.contains($0.id) }
        if let only, wanted.isEmpty {
            throw ValidationError("--only \(CommandWords.quoted(only)) names no check and no group; --list prints all")
        }
        if checks.isEmpty, fuzz == nil {
            throw ValidationError("--without leaves no check of those that there are, so nothing would be checked")
        }
        return checks
    }

    private func read(_ file: String) throws -> Subject {
        do throws(LoadError) {
            let location = try PluginPath.at(file: file)
            do throws(SubjectProblem) {
                return try Subject(at: location, config: try json(config), rehearsal: rehearsal)
            } catch {
                throw LoadError(.badManifest, error.sentences.joined(separator: "\n"))
            }
        } catch {
            throw CommandFailure.configuration(error.message.split(separator: "\n").map(String.init))
        }
    }

    /// JSON that was given itself, or as a file.
    private func json(_ given: String?) throws(SubjectProblem) -> JSON? {
        guard let given else { return nil }
        do {
            if given.hasPrefix("{") { return try JSON(parsing: given) }
            return try JSON(parsing: FileReading.bytes(of: given, limit: 1 << 20, pipes: true))
        } catch {
            throw SubjectProblem(sentences: ["--config cannot be used: \(error)"])
        }
    }

    private static var executable: String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    }
}
