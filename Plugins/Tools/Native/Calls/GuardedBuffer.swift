import Glibc
import JackfieldVocabulary

/// Memory for one pointer that a function gets, between two pages that nobody may touch (mmap(2), mprotect(2)).
///
/// The data ends where the page behind it begins, so that the first byte too many ends the process instead of changing
/// something else. What is before it on its own page bears a pattern; a function that wrote there is found out after
/// the call, and nothing else was there.
final class GuardedBuffer {
    let data: UnsafeMutableRawPointer
    let count: Int
    private let mapping: UnsafeMutableRawPointer
    private let length: Int

    private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    private static let pattern: UInt8 = 0xC5

    /// Zeros.
    ///
    /// - Throws: `exhausted` where there is no memory.
    init(_ count: Int) throws(CallError) {
        let page = Self.page
        let inner = max(page, (count + page - 1) / page * page)
        let length = inner + 2 * page
        let mapping = mmap(nil, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapping, mapping != MAP_FAILED else {
            throw CallError(.exhausted, "there is no memory for an argument of \(count) bytes")
        }
        guard mprotect(mapping + page, inner, PROT_READ | PROT_WRITE) == 0 else {
            munmap(mapping, length)
            throw CallError(.exhausted, "there is no memory for an argument of \(count) bytes")
        }
        self.mapping = mapping
        self.length = length
        self.count = count
        data = mapping + page + inner - count
        memset(mapping + page, Int32(Self.pattern), inner - count)
    }

    deinit { munmap(mapping, length) }

    /// From here on it can only be read. A function that writes to what its signature calls const ends the process.
    func seal() {
        _ = mprotect(mapping + Self.page, length - 2 * Self.page, PROT_READ)
    }

    /// Whether nothing was written before the data.
    var isIntact: Bool {
        let start = mapping + Self.page
        return UnsafeRawBufferPointer(start: start, count: data - start).allSatisfy { $0 == Self.pattern }
    }
}
