import Foundation
import Storage
import Synchronization
import Testing

/// The engines that keep the contract, for parameterised tests.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case inMemory, sqliteFile, sqliteInMemory

    var testDescription: String { rawValue }

    func open(_ folder: borrowing TemporaryFolder, clock: TestClock = TestClock()) throws -> any Store {
        switch self {
        case .inMemory: InMemoryStore(clock: clock.clock)
        case .sqliteFile: try SQLiteStore(path: folder.path + "/store.db", clock: clock.clock)
        case .sqliteInMemory: try SQLiteStore(path: ":memory:", clock: clock.clock)
        }
    }
}

/// Time that stands still until a test moves it.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_800_000_000_000)

    var clock: StoreClock { StoreClock { self.milliseconds.withLock { $0 } } }

    func advance(_ duration: Duration) {
        milliseconds.withLock { $0 += Int64(duration / .milliseconds(1)) }
    }
}

/// A folder that goes with the test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/jackfield-store-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The error of a call, or nil when it went well.
func failure<T>(_ body: () async throws(StoreError) -> T) async -> StoreError? {
    do throws(StoreError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
