import CJackfield
import EventLoops
import Foundation
import JackfieldVocabulary
import Loading
import TestSupport

/// Tokens of 16 bytes that a provider sends as fast as it can, so that many travel in one piece, and one reader.
struct IsolationRelay {
    let host: IsolationHost

    private static let answers = 21
    /// Of the fixture.
    private static let tokens = 10_000

    func run() async throws -> [Figure] {
        let apart = try host.load("llm/tokens", role: "jackfield.llm/1", isIsolated: true)
        let here = try host.load("llm/tokens", role: "jackfield.llm/1", isIsolated: false)
        var seen: (apart: [Double], other: [Double], here: [Double]) = ([], [], [])
        for round in 0...Self.answers {
            let times = try await (
                answer(apart, on: host.wireLoop), answer(apart, on: host.otherLoop), answer(here, on: host.wireLoop)
            )
            // The first one warms the caches.
            guard round > 0 else { continue }
            seen.apart.append(times.0)
            seen.other.append(times.1)
            seen.here.append(times.2)
        }
        apart.stop()
        here.stop()
        return [
            figure(
                "a token through a process-mode provider, batched, read on the loop of its wire", seen.apart, goal: true
            ),
            figure("the same, read on another loop", seen.other, goal: true),
            figure("the same provider in process", seen.here, goal: false),
        ]
    }

    /// Nanoseconds for each token of one answer.
    private func answer(_ fixture: LoadedFixture, on executor: LoopExecutor) async throws -> Double {
        let request = LLM.CompletionRequest(model: "tokens", messages: []).payload()
        return try await fixture.perform(on: executor) { running, scope in
            let start = monotonicNanoseconds()
            let call = running.start(method: JACKFIELD_LLM_COMPLETE, request: request, scope: scope)
            var count = 0
            while let event = try await call.next() {
                if event.event == UInt32(JACKFIELD_LLM_EVENT_TEXT) { count += 1 }
            }
            let duration = monotonicNanoseconds() - start
            guard count == Self.tokens else { throw TestFailure("\(count) tokens came of \(Self.tokens)") }
            return Double(duration) / Double(count)
        }
    }

    private func figure(_ what: String, _ seen: [Double], goal: Bool) -> Figure {
        Figure(
            what: what, value: seen.median / 1000, unit: "µs",
            goal: goal ? .init(bound: 3, text: "under 3 µs") : nil,
            note: """
                median of \(seen.count) answers of \(Self.tokens) tokens; \((seen.min()! / 1000).text(2)) to \
                \((seen.max()! / 1000).text(2)) µs
                """, digits: 2)
    }
}
