import JackfieldJSON
import TestSupport

/// Start to ready and memory at rest, both of the manifest that comes with the host.
enum StartBenchmark {
    private static let runs = 7

    static func run() throws -> [Figure] {
        try Staging.ensure()
        let manifest = try Repository.read("Host/Packaging/jackfield.yaml")
        var starts: [Double] = []
        var own: [Double] = []
        var resident: [Double] = []
        var proportional: [Double] = []
        for run in 0...runs {
            let began = monotonicNanoseconds()
            let host = try HostProcess.start(manifest, arguments: ["--set", "logging.format=json"])
            let milliseconds = Double(monotonicNanoseconds() - began) / 1e6
            let line = try host.logLine("listening") { $0["message"]?.string == "listening" }
            // At rest is: started, and asked once whether it lives.
            _ = try host.client.get("/health")
            let rollup = try ProcessFile("/proc/\(host.process.pid)/smaps_rollup")
            // The first one brings the files into the page cache.
            if run > 0 {
                starts.append(milliseconds)
                own.append(line["start_ms"]?.string.flatMap(Double.init) ?? line["start_ms"]?.double ?? .nan)
                resident.append(try host.megabytes("VmRSS"))
                proportional.append(Double(try rollup.kibibytes("Pss")) * 1024 / 1e6)
            }
            _ = try host.stop()
        }
        return [
            Figure(
                what: "start to ready, default manifest", value: starts.median, unit: "ms",
                goal: .init(bound: 150, text: "under 150 ms"),
                note: """
                    of these \(own.median.text(0)) ms after main began; slowest of \(runs) \(starts.max()!.text(0)) ms
                    """),
            Figure(
                what: "memory at rest, resident set", value: resident.median, unit: "MB",
                goal: .init(bound: 60, text: "under 60 MB"), note: "proportional set \(proportional.median.text(1)) MB"),
        ]
    }
}
