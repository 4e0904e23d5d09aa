import CJackfield
import JackfieldJSON

extension Bench {
    /// An instance with calls that are under way and stay so, since services never answer.
    ///
    /// - Parameter isBlocked: and since no event is taken either.
    /// - Throws: skipped where every request is over at once, whatever the surroundings do.
    package func inFlight(isBlocked: Bool = false) throws -> (Specimen, [CallRecord]) {
        var options = SpecimenOptions()
        options.services = Bench.deaf
        let requests = try requests()
        let specimen = try open(options)
        let calls = requests.map { request in
            specimen.start(request) { call, _ in
                call.isGivenUp ? JACKFIELD_CANCELLED : isBlocked ? JACKFIELD_WOULD_BLOCK : JACKFIELD_OK
            }
        }
        settle(20 * BenchClock.millisecond)
        let live = calls.filter { !$0.isOver }
        guard !live.isEmpty else {
            throw Finding.skipped("every call is over at once, so none is ever in flight")
        }
        return (specimen, live)
    }

    /// Is a call finished, and a call that is cancelled while nothing answers too?
    ///
    /// - Throws: skipped where it is not, since other checks judge that.
    func endsWhenCancelled(_ request: CallRequest) throws {
        _ = try open().ask(request)
        var options = SpecimenOptions()
        options.services = Bench.deaf
        let specimen = try open(options)
        let call = specimen.start(request)
        settle(5 * BenchClock.millisecond)
        try specimen.end([call])
    }

    /// Services that never answer, but for those that only take notes.
    package static let deaf: @Sendable (ServiceRecord) -> ServiceAnswer = { record in
        ["jackfield.log", "jackfield.metrics"].contains(record.service)
            ? .answer([], .ok((try? PayloadJSON.encode(.object([:]), as: record.method.result)) ?? [])) : .never
    }
}

extension Specimen {
    /// Before `close` and `destroy`: no thread of the host may be inside the plugin then. Calls of a plugin that may block
    /// are cancelled until `start` has returned.
    ///
    /// - Throws: skipped where it never returns, which cancel-in-flight judges.
    package func leave(_ calls: [CallRecord]) throws {
        guard library.concurrency != nil else { return }
        for call in calls where call.status == nil { cancel(call) }
        guard bench.run(until: { calls.allSatisfy { $0.status != nil } }) else {
            throw Finding.skipped("`start` did not return after a cancel, which cancel-in-flight judges")
        }
    }
}
