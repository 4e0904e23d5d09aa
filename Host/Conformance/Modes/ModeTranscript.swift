import CJackfield
import JackfieldVocabulary
import Loading

/// All that an instance said to the requests of its role, in one mode.
struct ModeTranscript: Hashable {
    struct Answer: Hashable {
        var method: String
        var events: [CallRecord.Event]
        var end: BenchEnd

        /// For evidence: how it ended, and what was emitted, by number.
        var shape: String { "\(method): \(end.label), events \(events.map(\.number))" }
    }
    var answers: [Answer]

    /// Load, open, ask everything, and take the instance apart again.
    ///
    /// - Throws: failed with what went wrong, in which mode.
    static func of(_ bench: Bench, _ mode: Mode) throws -> ModeTranscript {
        bench.step("load (\(mode.rawValue))")
        let (image, stop) = try mode.load(bench.subject)
        defer { stop() }
        let link = HostLink()
        let host = ModeHost(bench: bench, descriptor: image.descriptor)
        let side: any PluginSide
        do throws(LoadError) { side = try host.open(image, link) } catch {
            throw Finding.failed("\(mode.rawValue): \(error.message)")
        }
        let requests = try bench.requests()
        var answers: [Answer] = []
        for (index, request) in requests.enumerated() {
            bench.step("\(request.method.name) (\(mode.rawValue))")
            do {
                answers.append(try host.ask(request, number: UInt64(index + 1)))
            } catch let finding as Finding {
                throw Finding.failed("\(mode.rawValue): \(finding.sentence)", finding.evidence)
            }
        }
        bench.step("drain (\(mode.rawValue))")
        let limit = BenchClock.now() + 5 * BenchClock.second
        if let stuck = side.drain(deadline: limit, limit: limit) ?? side.end(limit: limit) {
            throw Finding.failed("\(mode.rawValue): the instance was given up: \(stuck)")
        }
        return ModeTranscript(answers: answers)
    }
}
