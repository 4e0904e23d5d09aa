package import CJackfield
import Glibc

/// How memory that the plugin is lent is watched. Nothing: ordinary memory that stays as it is, so that what is not the
/// check's matter does no harm.
package struct MemoryWatch: OptionSet, Sendable, Hashable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// It ends at a page that cannot be read: one byte too far is SIGSEGV.
    package static let end = MemoryWatch(rawValue: 1)
    /// It cannot be written.
    package static let readOnly = MemoryWatch(rawValue: 2)
    /// It cannot be read any more once the function that it was lent to has returned.
    package static let closing = MemoryWatch(rawValue: 4)
}

/// A copy of some bytes in memory of its own, given back when nobody refers to it any more.
package final class BenchMemory: @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    /// Bytes of whole pages before the guard page; 0: ordinary memory.
    private let room: Int
    private let watch: MemoryWatch
    /// The copy, beginning at a multiple of 8.
    package let start: UnsafeMutableRawPointer
    package let count: Int
    private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// Where the size is no multiple of 8, up to seven bytes lie between the end and the guard page, since a payload must
    /// begin at a multiple of 8.
    package init(_ bytes: [UInt8], _ watch: MemoryWatch = []) {
        count = bytes.count
        self.watch = watch
        if watch.isEmpty {
            room = 0
            base = .allocate(byteCount: max(bytes.count, 8), alignment: 16)
            start = base
        } else {
            // Without `.end` there is a page of zeroes behind it, so that only what the check is about is caught.
            let wanted = max(bytes.count, 1) + (watch.contains(.end) ? 0 : Self.page)
            room = (wanted + Self.page - 1) / Self.page * Self.page
            guard
                let mapped = mmap(
                    nil, room + Self.page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                mapped != MAP_FAILED
            else { preconditionFailure("no memory could be mapped") }
            base = mapped
            start = watch.contains(.end) ? base + (room - (bytes.count + 7) / 8 * 8) : base
        }
        bytes.withUnsafeBytes { if let from = $0.baseAddress { start.copyMemory(from: from, byteCount: $0.count) } }
        if room > 0 { mprotect(base + room, Self.page, PROT_NONE) }
        if watch.contains(.readOnly) { mprotect(base, room, PROT_READ) }
    }

    deinit { if room > 0 { munmap(base, room + Self.page) } else { base.deallocate() } }

    package var view: jackfield_view { jackfield_view(data: UnsafeRawPointer(start), size: UInt64(count)) }

    /// The bytes as they are now.
    package var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: start, count: count)) }

    func pointer<Value>(to type: Value.Type) -> UnsafePointer<Value> {
        UnsafePointer(start.assumingMemoryBound(to: type))
    }
    func mutablePointer<Value>(to type: Value.Type) -> UnsafeMutablePointer<Value> {
        start.assumingMemoryBound(to: type)
    }

    /// The function that it was lent to has returned. The addresses stay taken, so that nothing else comes to lie there.
    package func giveBack() { if watch.contains(.closing) { mprotect(base, room, PROT_NONE) } }

    /// It must be held for the life of the process to be of use.
    package var isWatched: Bool { !watch.isEmpty }
}
