import JackfieldVocabulary
import Synchronization

/// The pointers that the library gave and that callers hold tokens for.
///
/// A token is `KIND-PROCESS-HANDLE`: the middle differs in each process, so that one from before a restart is known as
/// such; the end cannot be guessed. Which caller it was given to is not looked at.
final class HandleTable: Sendable {
    private struct Entry {
        var token: String
        var kind: String
        var address: UInt
    }

    private let process: String
    private let most: Int
    private let entries = Mutex<[Entry]>([])

    /// - Parameter most: handles that are open at once.
    init(most: Int) {
        self.most = most
        process = Self.hexadecimal(UInt32.random(in: 0...UInt32.max))
    }

    /// Why a call that may give one is not made; nil while there is room. It is an answer and no error of the call: what
    /// to do about it is the caller's to read.
    var whyFull: String? {
        let count = entries.withLock { $0.count }
        return count < most
            ? nil : "\(count) handles are open, which is as many as limits.handles allows: close some first"
    }

    /// The token of a pointer; the same as before for one that is known.
    func token(for pointer: UnsafeRawPointer, kind: String) -> String {
        let address = UInt(bitPattern: pointer)
        return entries.withLock { entries in
            if let known = entries.first(where: { $0.address == address && $0.kind == kind }) { return known.token }
            let number = UInt64.random(in: 0...UInt64.max)
            let token =
                "\(kind)-\(process)-\(Self.hexadecimal(UInt32(truncatingIfNeeded: number >> 32)))"
                + Self.hexadecimal(UInt32(truncatingIfNeeded: number))
            entries.append(Entry(token: token, kind: kind, address: address))
            return token
        }
    }

    enum Found: Sendable {
        case pointer(UInt)
        /// Why it is of no use, as the end of a sentence.
        case nothing(String)
    }

    func find(_ token: String, kind: String) -> Found {
        let entry = entries.withLock { entries in entries.first { $0.token == token } }
        if let entry {
            if entry.kind == kind { return .pointer(entry.address) }
            return .nothing("must be a handle of the kind \(kind), and is one of the kind \(entry.kind)")
        }
        let parts = token.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 8, parts[2].utf8.count == 16 else {
            return .nothing("must be a handle of the kind \(kind), as another tool returned it")
        }
        if parts[1] != process {
            return .nothing("is a handle from before the library was started again: open a new one")
        }
        return .nothing("is no open handle: it was closed, or never given")
    }

    func forget(_ address: UInt, kind: String) {
        entries.withLock { entries in entries.removeAll { $0.address == address && $0.kind == kind } }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
