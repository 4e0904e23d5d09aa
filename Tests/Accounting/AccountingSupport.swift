import Accounting
import Foundation
import JackfieldVocabulary
import Storage
import Synchronization
import Testing

/// Time that stands still until a test moves it, for the accounts and for the store. It begins at
/// 2026-11-21T12:00:00Z.
final class TestClock: Sendable {
    private let nanoseconds = Mutex<Int64>(1_795_262_400_000_000_000)

    var wall: WallNanoseconds { { self.nanoseconds.withLock { $0 } } }
    var store: StoreClock { StoreClock { self.nanoseconds.withLock { $0 / 1_000_000 } } }

    func advance(_ duration: Duration) {
        nanoseconds.withLock { $0 += Int64(duration / .nanoseconds(1)) }
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder that goes with the test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/jackfield-accounting-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Tokens without a cost.
func tokens(_ count: Int64) -> Spending { Spending(tokens: count) }

func usage(_ tokens: Int64) -> LLM.Usage { LLM.Usage(promptTokens: UInt64(tokens), completionTokens: 0) }

extension Budgets {
    /// The refusal, or nil when the request was let through; what it had reserved is used then.
    func refusal(_ account: Account, _ estimate: Spending) async -> BudgetRefusal? {
        do throws(BudgetRefusal) {
            let reservation = try await admit(account, estimate: estimate)
            reservation?.settle(usage(estimate.tokens), cost: estimate.cost)
            return nil
        } catch {
            return error
        }
    }
}
