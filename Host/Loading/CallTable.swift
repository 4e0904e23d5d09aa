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
    }

    private struct State {
        var slots: [Slot] = []
        var free: [UInt32] = []
        var isClosed = false
    }
    private let state = Mutex(State())

    /// Nil when the table was closed.
    func insert(_ call: HostCall) -> jackfield_call? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            let index = state.free.popLast() ?? UInt32(state.slots.count)
            if index == state.slots.count { state.slots.append(Slot()) }
            state.slots[Int(index)].call = call
            return UInt64(state.slots[Int(index)].generation) << 32 | UInt64(index + 1)
        }
    }

    subscript(handle: jackfield_call) -> HostCall? {
        state.withLock { state in Self.index(handle, state).flatMap { state.slots[$0].call } }
    }

    /// The call, which is from now on stale; nil if it already was.
    func remove(_ handle: jackfield_call) -> HostCall? {
        state.withLock { state in
            guard let index = Self.index(handle, state), let call = state.slots[index].call else { return nil }
            state.slots[index].call = nil
            state.slots[index].generation &+= 1
            // A slot whose generations are used up is left alone.
            if state.slots[index].generation != 0 { state.free.append(UInt32(index)) }
            return call
        }
    }

    /// Take all calls out; no new ones come in.
    func close() -> [HostCall] {
        state.withLock { state in
            state.isClosed = true
            return state.slots.compactMap(\.call)
        }
    }

    var count: Int { state.withLock { $0.slots.count - $0.free.count } }

    private static func index(_ handle: jackfield_call, _ state: State) -> Int? {
        let index = Int(handle & 0xffff_ffff) - 1
        guard index >= 0, index < state.slots.count, state.slots[index].generation == UInt32(handle >> 32) else { return nil }
        return index
    }
}
