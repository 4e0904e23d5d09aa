import CJackfield
import JackfieldVocabulary

/// One round of the fuzzer: an instance, and a host that does legal and malformed things to it in an order drawn from a
/// seed. The same seed makes the same round.
///
/// Legal are cancels, resumes, deadlines, refused and failing services, slow readers, and a close at any time. Malformed
/// are payloads alone: the frames of the ABI are always right, since a host's are.
struct FuzzRound {
    let bench: Bench
    let seed: UInt64
    private var random: SeededGenerator
    private let requests: [CallRequest]

    init(_ bench: Bench, seed: UInt64, requests: [CallRequest]) {
        self.bench = bench
        self.seed = seed
        self.requests = requests
        random = SeededGenerator(seed: seed)
    }

    private static let judged: [Violation.Kind] = [
        .unknownCall, .emitAfterFinish, .finishTwice, .refusedCallUsed, .malformedEvent, .largeEvent, .malformedEnd,
        .malformedResult, .unknownCode, .badMessage, .badRetry, .overlap, .callInCreate, .callAfterClose,
        .undeclaredService, .unknownServiceMethod, .malformedRequest, .badCallName, .unknownParent, .malformedStart,
    ]

    /// Stands before the seed wherever a round speaks.
    static let label = "fuzz round "

    /// - Throws: failed with the round's seed.
    mutating func run() throws {
        bench.prefix = "\(Self.label)\(seed): "
        let specimen = try bench.open(options())
        var live: [CallRecord] = []
        for _ in 0..<Int.random(in: 1...24, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: live.append(start(specimen))
            case 5: if let call = live.randomElement(using: &random) { specimen.cancel(call) }
            case 6: if let call = live.randomElement(using: &random) { specimen.resume(handle: call.handle) }
            case 7: _ = specimen.cancel(handle: random.next() | 1 << 63)
            case 8: bench.settle(Int64.random(in: 0...BenchClock.millisecond, using: &random))
            default: _ = bench.run(limit: BenchClock.millisecond) { live.allSatisfy(\.isOver) }
            }
        }
        if Bool.random(using: &random) { specimen.drain(within: BenchClock.second) }
        // Half of the instances are closed with calls in flight.
        if Bool.random(using: &random) {
            for call in live where !call.isOver { specimen.cancel(call) }
            bench.step("waiting for `finish`")
            guard bench.run(until: { live.allSatisfy(\.isOver) }) else {
                let stuck = live.filter { !$0.isOver }.map(\.summary)
                throw Finding.failed("\(bench.prefix)a cancelled call was not finished within six seconds", stuck)
            }
        }
        try specimen.leave(live)
        specimen.close()
        bench.settle(0)
        specimen.destroy()
        let seen = Self.judged.flatMap { specimen.violations($0) }
        try expect(seen.isEmpty, "\(bench.prefix)\(seen.first ?? "")", Array(seen.dropFirst().prefix(10)))
        specimen.discard()
    }

    private mutating func start(_ specimen: Specimen) -> CallRecord {
        var request = requests.randomElement(using: &random)!
        switch Int.random(in: 0..<4, using: &random) {
        case 0: request.payload = mutated(request.payload)
        case 1:
            request.payload = Array(request.payload.prefix(Int.random(in: 0...request.payload.count, using: &random)))
        default: break
        }
        let deadline: Int64 =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: 1
            case 1: BenchClock.now() + Int64.random(in: 0...BenchClock.millisecond, using: &random)
            default: 0
            }
        var choices = SeededGenerator(seed: random.next())
        let isSlow = Bool.random(using: &random)
        let lock = BenchLock()
        let loop = bench.loop
        return specimen.start(
            request, deadline: deadline,
            method: Int.random(in: 0..<20, using: &random) == 0 ? UInt32.random(in: 10...99, using: &random) : nil
        ) { call, _ in
            guard isSlow else { return JACKFIELD_OK }
            let choice = lock.change { choices.next() % 16 }
            if choice == 0 { return JACKFIELD_CANCELLED }
            guard choice < 4 else { return JACKFIELD_OK }
            loop.post { specimen.resume(handle: call.handle) }
            return JACKFIELD_WOULD_BLOCK
        }
    }

    /// Some bytes changed: sizes, offsets and counts more often than texts, since they lie at the start.
    private mutating func mutated(_ payload: [UInt8]) -> [UInt8] {
        var bytes = payload
        guard !bytes.isEmpty else { return bytes }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let near = Bool.random(using: &random) ? min(bytes.count, 64) : bytes.count
            let at = Int.random(in: 0..<near, using: &random)
            bytes[at] = [0, 1, 7, 8, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
                .randomElement(using: &random)!
        }
        return bytes
    }

    /// Services that are withheld, refuse, fail, answer at once or late, or never.
    private mutating func options() -> SpecimenOptions {
        var options = SpecimenOptions()
        let optional = bench.subject.optional.map { String($0.prefix { $0 != "/" }) }
        options.withheld = Set(optional.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
        if Bool.random(using: &random) {
            options.request = [.end, .readOnly, .closing]
            options.answers = [.end, .readOnly, .closing]
        }
        let rehearsal = bench.subject.rehearsal
        let lock = BenchLock()
        var choices = SeededGenerator(seed: random.next())
        let mood = Int.random(in: 0..<4, using: &random)
        options.services = { record in
            let scripted = ServiceScript.answer(record, rehearsal)
            guard mood > 0 else { return scripted }
            let (what, code) = lock.change { (choices.next() % 12, Int32(choices.next() % 13) + 1) }
            guard case .answer(let events, let end) = scripted else { return scripted }
            switch what {
            case 0: return .refuse(code)
            case 1: return .answer([], .failed(code, "the host says no"))
            case 2: return .answer(events, .failed(code, "the host says no, late"))
            case 3, 4: return .inside(events, end)
            case 5: return .after(BenchClock.millisecond, events, end)
            case 6: return .inside([], .failed(code, "the host says no at once"))
            case 7 where record.service != "jackfield.log": return .never
            default: return .answer(events, end)
            }
        }
        return options
    }
}
