import Foundation
package import JackfieldJSON

/// The built program, running `serve` on a free port of 127.0.0.1.
package final class HostProcess: Sendable {
    package let process: ChildProcess
    package let port: Int
    package var client: HTTPTestClient { HTTPTestClient(port: port) }
    private let folder: TemporaryFolder

    private init(process: ChildProcess, port: Int, folder: TemporaryFolder) {
        self.process = process
        self.port = port
        self.folder = folder
    }

    deinit { process.signal(SIGKILL) }

    /// Start the host with a manifest, run the body once it listens, and stop it, whatever happens: with SIGTERM and the
    /// expectation of exit code 0 if it still runs and the body went well, with SIGKILL otherwise.
    package static func serving(
        _ manifest: String, plugins: FixturePath? = nil, environment: [String: String] = [:], arguments: [String] = [],
        body: (HostProcess) throws -> Void
    ) throws {
        let host = try start(manifest, plugins: plugins, environment: environment, arguments: arguments)
        do {
            try body(host)
            if host.process.isRunning {
                let ended = try host.stop()
                guard ended.status == .exited(0) else {
                    throw TestFailure(
                        "the host ended with \(ended.status) after SIGTERM:\n\(ended.errors.suffix(4000))")
                }
            }
        } catch {
            // A host that crashes is let be until it has said where.
            if !host.process.errors.text.contains("*** ") { host.process.signal(SIGKILL) }
            throw TestFailure("\(error)\n\(host.lastWords)")
        }
    }

    /// The end of the log; of a host that crashed, how it crashed.
    private var lastWords: String {
        // Only after its end is all of a crash report there.
        _ = try? process.wait(within: .seconds(20))
        let lines = process.errors.lines
        let crash = lines.firstIndex { $0.contains("crashed:") || $0.contains("Fatal error") || $0.contains("Crash:") }
        guard let crash else { return "--- the end of the host's log ---\n" + lines.suffix(20).joined(separator: "\n") }
        return "--- the host crashed ---\n" + lines[crash...].prefix(45).joined(separator: "\n")
    }

    package static func start(
        _ manifest: String, plugins: FixturePath? = nil, environment: [String: String] = [:], arguments: [String] = []
    ) throws -> HostProcess {
        let (process, folder) = try launch(manifest, plugins: plugins, environment: environment, arguments: arguments)
        let address = try process.errors.firstLine("the log line \"listening\"", within: .seconds(120)) { line in
            let json = try? JSON(parsing: line)
            return json?["message"]?.string == "listening" ? json?["address"]?.string : nil
        }
        guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw TestFailure("the host listens on \(address), which has no port")
        }
        return HostProcess(process: process, port: port, folder: folder)
    }

    /// Run `serve` for a start that must fail, and give what it said.
    package static func failing(
        _ manifest: String, plugins: FixturePath? = nil, environment: [String: String] = [:], arguments: [String] = []
    ) throws -> EndedProcess {
        let (process, folder) = try launch(manifest, plugins: plugins, environment: environment, arguments: arguments)
        defer { withExtendedLifetime(folder) {} }
        return try process.wait(within: .seconds(60))
    }

    private static func launch(
        _ manifest: String, plugins: FixturePath?, environment: [String: String], arguments: [String]
    ) throws -> (ChildProcess, TemporaryFolder) {
        try Staging.ensure()
        let folder = try TemporaryFolder("jackfield-host")
        let file = try folder.write("jackfield.yaml", manifest)
        var all = ["serve", "--manifest", file, "--listen", "127.0.0.1:0"]
        if let plugins { all += ["--plugin-path", plugins.path] }
        let process = try ChildProcess(
            Repository.jackfield, all + arguments,
            environment: Self.environment(environment), workingDirectory: folder.path)
        return (process, folder)
    }

    /// Run a command of the program to its end.
    package static func run(
        _ arguments: [String], environment: [String: String] = [:], within: Duration = .seconds(60)
    ) throws -> EndedProcess {
        try Staging.ensure()
        return try ChildProcess.run(
            Repository.jackfield, arguments, environment: Self.environment(environment), within: within)
    }

    /// What the program needs to start at all, and what the test gives.
    private static func environment(_ given: [String: String]) -> [String: String] {
        var all = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp"]
        // A crash is told by the thread that crashed alone.
        all["SWIFT_BACKTRACE"] = "enable=yes,threads=crashed,limit=24,color=no,interactive=no"
        // The runtime's libraries, where they are not found by the path written into the program.
        all["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        return all.merging(given) { _, given in given }
    }

    // MARK: What it says and holds

    /// The lines of the log that are JSON.
    package var log: [JSON] { process.errors.lines.compactMap { try? JSON(parsing: $0) } }

    /// The first line of the log that is like this; waits for it, since the host writes its log behind its answers.
    @discardableResult
    package func logLine(_ what: String, within duration: Duration = .generous, _ isRight: (JSON) -> Bool) throws
        -> JSON
    {
        try process.errors.firstLine("a log line: \(what)", within: duration) { line -> JSON? in
            // Not `nil` as an expression of its own: JSON has a null that would be meant.
            guard let json = try? JSON(parsing: line), isRight(json) else { return Optional<JSON>.none }
            return json
        }
    }

    /// How many descriptors the host has open, those of its store left out: a reader of the store is opened when it is
    /// first needed, and stays.
    package var openDescriptors: Int {
        get throws {
            let folder = "/proc/\(process.pid)/fd"
            return try FileManager.default.contentsOfDirectory(atPath: folder).count { name in
                // One that was closed meanwhile has no name any more, and does not count.
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
                return target.map { !$0.contains("/jackfield.db") } ?? false
            }
        }
    }

    /// How many threads the host has.
    package var threads: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.pid)/task").count }
    }

    /// Physical memory of the host, in MiB.
    package var residentMegabytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            else {
                throw TestFailure("/proc/\(process.pid)/status says nothing of VmRSS")
            }
            return kibibytes / 1024
        }
    }

    /// A gauge or counter of the host's own, all its samples added up; nil if it was never touched.
    package func metric(_ name: String) throws -> Double? {
        let families = try client.get("/api/v1/metrics").json()["metrics"]?.array ?? []
        let samples = families.first { $0["name"]?.string == name }?["samples"]?.array ?? []
        return samples.isEmpty ? nil : samples.compactMap { $0["value"]?.double }.reduce(0, +)
    }

    /// Ask again and again, as fast as answers come, until `body` gives something: for what the host does soon after an
    /// answer. The deadline ends it, not a count.
    package func eventually<Result>(
        _ what: String, within duration: Duration = .generous, _ body: () throws -> Result?
    ) throws -> Result {
        let deadline = Deadline.after(duration)
        while true {
            if let result = try body() { return result }
            if deadline.hasPassed { throw TestFailure("waited \(duration) in vain for \(what)") }
            _ = try client.get("/health")
        }
    }

    // MARK: Its end

    package func terminate() { process.signal(SIGTERM) }

    /// SIGTERM, and what came of it.
    package func stop(within: Duration = .generous) throws -> EndedProcess {
        terminate()
        return try process.wait(within: within)
    }
}
