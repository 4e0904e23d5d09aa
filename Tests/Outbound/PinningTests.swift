import JackfieldNetwork
import NIOCore
import NIOHTTP1
import NIOPosix
import Outbound
import Testing

/// The resolver is the attacker's. 127.0.0.1 passes for a public address here, 127.0.0.2 for what must stay unreached.
@Suite("A name's address") struct PinningTests {
    private func run(
        _ answers: [[String]],
        _ body: (Bench, ScriptedNames, _ allowed: Upstream, _ victim: Upstream) async throws -> Void
    ) async throws {
        let names = ScriptedNames(answers)
        var settings = OutboundSettings()
        names.install(in: &settings)
        settings.purpose = { $0.description == "127.0.0.1" ? nil : $0.refusal }
        try await Bench.run(settings) { bench in
            let allowed = try await Upstream(on: bench.upstreamLoop) { request in
                [.write(response("allowed", fields: request.path == "/last" ? "Connection: close\r\n" : ""))]
            }
            let victim = try await Upstream(on: bench.upstreamLoop, host: "127.0.0.2", port: allowed.port) { _ in
                [.write(response("victim"))]
            }
            try await body(bench, names, allowed, victim)
            await allowed.stop()
            await victim.stop()
        }
    }

    @Test func isJudgedAgainForEachConnectionSoThatRebindingReachesNothing() async throws {
        try await self.run([["127.0.0.1"], ["127.0.0.2"]]) { bench, names, allowed, victim in
            let url = "http://name.test:\(allowed.port)"
            #expect(try await bench.exchange(.GET, "\(url)/last").text == "allowed")
            let outcome = try await bench.exchange(.GET, "\(url)/")
            #expect(outcome.error?.code == .forbidden)
            #expect(outcome.error?.refusal?.address == "127.0.0.2")
            #expect(victim.connections == 0)
            #expect(names.count == 2)
        }
    }

    @Test func isResolvedOnceAndTheSocketGoesWhereTheJudgementWent() async throws {
        try await self.run([["127.0.0.1"], ["127.0.0.2"]]) { bench, names, allowed, victim in
            let url = "http://name.test:\(allowed.port)"
            for _ in 0..<5 {
                let outcome = try await bench.exchange(.GET, "\(url)/")
                #expect(outcome.text == "allowed")
            }
            #expect(names.count == 1, "a second lookup could have had another answer")
            #expect(allowed.requests[0].head.contains("\r\nHost: name.test:\(allowed.port)"))
            #expect(victim.connections == 0)
        }
    }

    @Test func amongSeveralIsPassedOverWhereItIsForbidden() async throws {
        try await self.run([["127.0.0.2", "10.0.0.1", "127.0.0.1", "fd00:ec2::254"]]) { bench, _, allowed, victim in
            let outcome = try await bench.exchange(.GET, "http://name.test:\(allowed.port)/")
            #expect(outcome.text == "allowed")
            #expect(victim.connections == 0)
        }
    }

    @Test func thatIsForbiddenIsTheReasonAlsoWhereAnotherOneDidNotAnswer() async throws {
        try await self.run([["127.0.0.2", "127.0.0.1"]]) { bench, _, _, victim in
            let refusing = RefusingPort()
            let outcome = try await bench.exchange(.GET, "http://name.test:\(refusing.port)/")
            #expect(outcome.error?.code == .refusedConnection)
            #expect(outcome.error?.refusal?.address == "127.0.0.2", "the audit wants to know")
            #expect(victim.connections == 0)
            withExtendedLifetime(refusing) {}
        }
    }

    @Test(arguments: AddressGrantTests.special.map(\.address))
    func thatIsSpecialIsNeverContacted(address: String) async throws {
        let names = ScriptedNames([[address]])
        var settings = OutboundSettings()
        names.install(in: &settings)
        try await Bench.run(settings) { bench in
            let outcome = try await bench.exchange(.GET, "https://name.test/")
            #expect(outcome.error?.code == .forbidden)
            #expect(outcome.error?.refusal?.reason == .address)
            #expect(await bench.client.counts() == OutboundCounts())
        }
    }

    @Test func judgedUnderOneGrantServesNoExchangeUnderAnother() async throws {
        try await self.run([["127.0.0.2"]]) { bench, names, allowed, victim in
            let url = "http://name.test:\(allowed.port)/"
            #expect(try await bench.exchange(.GET, url, addresses: .local).text == "victim")
            #expect(await bench.client.counts().idle == 1)
            let other = try await bench.exchange(.GET, url, addresses: .global)
            #expect(other.error?.code == .forbidden)
            #expect(try await bench.exchange(.GET, url, addresses: .local).text == "victim")
            #expect(victim.connections == 1, "the one that had the grant keeps its connection")
            #expect(victim.requests.count == 2)
            #expect(names.count == 2)
        }
    }

    @Test func thatIsLongInComingHoldsUpNobodyElse() async throws {
        try await self.run([[]]) { bench, _, allowed, _ in
            let started = bench.loop.makePromise(of: Void.self)
            async let waiting = bench.exchange(.GET, "http://slow.test:\(allowed.port)/") { collector in
                started.succeed()
                // Its own end, so that the test does not wait for a name that never comes.
                bench.loop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { collector.exchange?.cancel() }
            }
            try await started.futureResult.get()
            #expect(try await bench.exchange(.GET, "http://127.0.0.1:\(allowed.port)/").text == "allowed")
            #expect(try await waiting.error?.code == .cancelled)
        }
    }

    @Test func ofIPv6IsPinnedLikewise() async throws {
        let names = ScriptedNames([["::1"]])
        var settings = OutboundSettings()
        names.install(in: &settings)
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop, host: "::1") { _ in [.write(response("six"))] }
            #expect(try await bench.exchange(.GET, "http://[::1]:\(upstream.port)/").text == "six")
            #expect(try await bench.exchange(.GET, "http://localhost:\(upstream.port)/").text == "six")
            let outcome = try await bench.exchange(.GET, "http://name.test:\(upstream.port)/")
            #expect(outcome.error?.refusal?.address == "::1")
            #expect(upstream.connections == 2)
            await upstream.stop()
        }
    }
}
