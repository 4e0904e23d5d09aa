import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite("A redirect") struct RedirectTests {
    @Test(arguments: [301, 302, 303, 307, 308])
    func isAnAnswerLikeAnyOtherAndLeadsNowhere(status: Int) async throws {
        try await Bench.run { bench in
            let target = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("target"))] }
            let location = "http://127.0.0.1:\(target.port)/"
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in
                [.write(response("", status: "\(status) Elsewhere", fields: "Location: \(location)\r\n"))]
            }
            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/")
            #expect(outcome.status == status)
            #expect(outcome.headers.first { $0.name == "location" }?.value == location)
            #expect(target.connections == 0)
            await upstream.stop()
            await target.stop()
        }
    }
}
