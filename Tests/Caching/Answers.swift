import Caching
import JackfieldVocabulary
import Storage
import Synchronization

/// A moment from which the tests count: nanoseconds since 1970.
let start: Int64 = 1_800_000_000_000_000_000
let second: Int64 = 1_000_000_000

func request(_ text: String, model: String = "fast") -> LLM.CompletionRequest {
    LLM.CompletionRequest(model: model, messages: [LLM.Message(role: "user", text: text)])
}

func key(_ text: String, tenant: String? = nil) -> CacheKey { CacheKey(request(text), tenant: tenant) }

func events(_ events: LLM.Event...) -> [CallMailbox.Event] { events.map { $0.encoded() } }

func answer(
    _ text: String = "yes", model: String = "fast", tenant: String? = nil, tags: [String] = [], at time: Int64 = start
) -> CachedResponse {
    CachedResponse(
        method: .complete, events: events(.text(text), .text(" and more"), .stop("stop")),
        result: LLM.CompletionResult(id: "1", model: "m").payload(), upstream: "openai/m", model: model, tenant: tenant,
        tags: tags, storedAt: time)
}

/// Randomness that a seed repeats (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// A count that many tasks change.
final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0, sum: 0))

    func enter() {
        state.withLock { state in
            state.now += 1
            state.sum += 1
            state.most = max(state.most, state.now)
        }
    }
    func leave() { state.withLock { $0.now -= 1 } }
    var most: Int { state.withLock { $0.most } }
    var sum: Int { state.withLock { $0.sum } }
}
