import CJackfield
import Synchronization

/// The calls of the host that one plugin has not finished yet, by handle.
///
/// A handle is a slot and that slot's generation, so a handle that was used once names nothing ever again, and looking
/// one up is an index and a comparison.
final class CallTable: Sendable {
    private struct Slot {
        var generation: UInt32 = 1
        var call: HostCall?
        /// The host gave the call up; the plugin still has to finish it.
        var owed: CallRelease?
        var isAborted: Bool { owed != nil }

        /// A slot whose generations are used up is left alone.
        mutating func release() {
            call = nil
            owed = nil
            generation &+= 1
        }
    }

    private struct State {
        var slots: [Slot] = []
        var free: [UInt32] = []
        var isClosed = false
    }
    private let state = Mutex(State())

    /// Make a call under a new handle; nil when the table was closed.
    func insert(_ make: (jackfield_call) -> HostCall) -> HostCall? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            let index = state.free.popLast() ?? UInt32(state.slots.count)
            if index == state.slots.count { state.slots.append(Slot()) }
            let call = make(UInt64(state.slots[Int(index)].generation) << 32 | UInt64(index + 1))
            state.slots[Int(index)].call = call
            return call
        }
    }

    /// What a handle names now.
    enum Entry {
        case live(HostCall)
        /// Given up by the host, not yet finished by the plugin.
        case aborted
        case stale
    }

    subscript(handle: jackfield_call) -> Entry {
        state.withLock { state in
            guard let index = Self.index(handle, state) else { return .stale }
            return state.slots[index].call.map { .live($0) } ?? (state.slots[index].isAborted ? .aborted : .stale)
        }
    }

    /// The plugin finishes a call: its handle is from now on stale.
    ///
    /// - Returns: what the handle named until now.
    func finish(_ handle: jackfield_call) -> Entry {
        let (entry, owed): (Entry, CallRelease?) = state.withLock { state in
            guard let index = Self.index(handle, state) else { return (.stale, nil) }
            let slot = state.slots[index]
            guard slot.call != nil || slot.isAborted else { return (.stale, nil) }
            state.slots[index].release()
            if state.slots[index].generation != 0 { state.free.append(UInt32(index)) }
            return (slot.call.map { .live($0) } ?? .aborted, slot.owed)
        }
        owed?.release()
        return entry
    }

    /// The host gives a call up. Its slot is kept until the plugin finishes it, as it must.
    ///
    /// - Returns: false if the call had ended.
    func abort(_ handle: jackfield_call) -> Bool {
        state.withLock { state in
            guard let index = Self.index(handle, state), let call = state.slots[index].call else { return false }
            state.slots[index].call = nil
            state.slots[index].owed = call.release
            return true
        }
    }

    /// Whoever had these calls is gone: none of them will be finished. Every handle until now is stale.
    ///
    /// - Returns: those that the host had not given up.
    func forget() -> [HostCall] {
        let (live, owed): ([HostCall], [CallRelease]) = state.withLock { state in
            var calls: [HostCall] = []
            var owed: [CallRelease] = []
            for index in state.slots.indices where state.slots[index].call != nil || state.slots[index].isAborted {
                if let call = state.slots[index].call { calls.append(call) }
                if let release = state.slots[index].owed { owed.append(release) }
                state.slots[index].release()
                if state.slots[index].generation != 0 { state.free.append(UInt32(index)) }
            }
            return (calls, owed)
        }
        for release in owed { release.release() }
        return live
    }

    /// Take all calls out; no new ones come in.
    func close() -> [HostCall] {
        state.withLock { state in
            state.isClosed = true
            return state.slots.compactMap(\.call)
        }
    }

    /// Calls that neither side has ended.
    var count: Int { state.withLock { $0.slots.count { $0.call != nil } } }

    /// Calls that the host gave up and the plugin still has to finish.
    var abandoned: Int { state.withLock { $0.slots.count { $0.isAborted } } }

    private static func index(_ handle: jackfield_call, _ state: State) -> Int? {
        let index = Int(handle & 0xffff_ffff) - 1
        guard index >= 0, index < state.slots.count, state.slots[index].generation == UInt32(handle >> 32) else {
            return nil
        }
        return index
    }
}
