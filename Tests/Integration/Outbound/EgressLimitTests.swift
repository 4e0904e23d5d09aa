import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin's limits of the network")
struct EgressLimitTests {
    private func refused(_ answer: String, _ code: Int, _ key: String) {
        #expect(answer.hasPrefix("finish \(code): "), "\(answer)")
        #expect(answer.contains("plugins.fetches.outbound.\(key)"), "the key is named: \(answer)")
    }

    @Test("bound what it sends")
    func requestSize() throws {
        let upstream = try ProgrammableUpstream(.rubbish("ok", contentType: "text/plain"))
        try Fetching.serving(Fetching.manifest([upstream.origin], outbound: "request_size: 1000")) { host in
            try #expect(host.client.fetch("POST \(upstream.origin)/", "+1000").hasPrefix("status 200"))
            refused(try host.client.fetch("POST \(upstream.origin)/", "+1001"), 3, "request_size")
            #expect(upstream.requests.count == 1)
            let line = try #require(try host.refusals(1).first)
            #expect(line["reason"]?.string == "limit" && line["rule"]?.string == "outbound.request_size")
        }
    }

    @Test("bound what it gets")
    func responseSize() throws {
        let upstream = try ProgrammableUpstream(
            UpstreamScript { try $0.send(200, [UInt8](repeating: 0x61, count: 5000)) })
        for (limit, isEnough) in [(5000, true), (4999, false)] {
            try Fetching.serving(Fetching.manifest([upstream.origin], outbound: "response_size: \(limit)")) { host in
                let answer = try host.client.fetch("GET \(upstream.origin)/")
                if isEnough {
                    #expect(answer.hasPrefix("status 200, 5000 bytes of one kind"))
                } else {
                    refused(answer, 9, "response_size")
                    try #expect(host.refusals(1).first?["rule"]?.string == "outbound.response_size")
                }
            }
        }
    }

    @Test("bound what a compressed answer becomes; one that fits comes decompressed")
    func decompressedSize() throws {
        let bomb = try Self.gzipped(zeros: 10 << 20)
        let fine = try Self.gzipped(zeros: 1 << 20)
        #expect(bomb.count < 32 << 10)
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                let coding = exchange.request.path == "/nested" ? "gzip, gzip" : "gzip"
                let body =
                    switch exchange.request.path {
                    case "/fine": fine
                    case "/cut": Array(fine.dropLast(9))
                    default: bomb
                    }
                try exchange.send(200, headers: [("content-encoding", coding)], body)
            })
        try Fetching.serving(Fetching.manifest([upstream.origin], outbound: "decompressed_size: 1MiB")) { host in
            try #expect(
                host.client.fetch("GET \(upstream.origin)/fine").hasPrefix("status 200, 1048576 bytes of one kind"))
            refused(try host.client.fetch("GET \(upstream.origin)/bomb"), 9, "decompressed_size")
            try #expect(host.client.fetch("GET \(upstream.origin)/nested").hasPrefix("finish 10: "))
            try #expect(host.client.fetch("GET \(upstream.origin)/cut").hasPrefix("finish 10: "))
            let before = try host.residentMegabytes
            _ = try inParallel(64, width: 16) { _ in try host.client.fetch("GET \(upstream.origin)/bomb") }
            try #expect(host.residentMegabytes < before + 64, "no bomb is held in memory")
        }
    }

    @Test("bound how many of its requests are under way at one time")
    func concurrency() throws {
        let upstream = try ProgrammableUpstream(.hang)
        let manifest = Fetching.manifest(
            [upstream.origin], outbound: "concurrency: 2, timeout: 120s", requestTimeout: "120s")
        try Fetching.serving(manifest) { host in
            let connections = try (0..<2).map { _ in
                let connection = try HTTPTestConnection(port: host.port)
                try connection.write(
                    "POST", "/api/v1/agents/fetches/invoke", headers: [("content-type", "application/json")],
                    body: (["input": .string("GET \(upstream.origin)/")] as JSON).bytes)
                return connection
            }
            _ = try upstream.waitForRequests(2)
            refused(try host.client.fetch("GET \(upstream.origin)/third"), 10, "concurrency")
            // Whoever leaves makes room.
            for connection in connections { connection.close() }
            try upstream.waitForOpenConnections(atMost: 0)
            upstream.answer(.rubbish("ok", contentType: "text/plain"))
            let answer = try host.eventually("room for one more") { () -> String? in
                let answer = try host.client.fetch("GET \(upstream.origin)/")
                return answer.hasPrefix("status 200") ? answer : nil
            }
            #expect(answer.hasPrefix("status 200"))
        }
    }

    @Test("bound how long one of its requests takes")
    func timeout() throws {
        let upstream = try ProgrammableUpstream(.hang)
        try Fetching.serving(Fetching.manifest([upstream.origin], outbound: "timeout: 100ms")) { host in
            refused(try host.client.fetch("GET \(upstream.origin)/"), 2, "timeout")
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }

    private static func gzipped(zeros count: Int) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let file = try folder.write("zeros", [UInt8](repeating: 0, count: count))
        let ended = try ChildProcess.run("/usr/bin/env", ["gzip", "-9", file], environment: ["PATH": "/usr/bin:/bin"])
        guard ended.status == .exited(0) else { throw TestFailure("gzip: \(ended.errors)") }
        return Array(try Data(contentsOf: URL(fileURLWithPath: file + ".gz")))
    }
}
