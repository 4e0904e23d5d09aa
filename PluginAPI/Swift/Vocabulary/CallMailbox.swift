import Synchronization

/// What a call has brought so far, between callbacks that fill it from any thread and the one task that empties it.
///
/// Bounded: above `bound` bytes the sender is told to wait, and told to go on when half of that is read.
public final class CallMailbox: Sendable {
    public typealias Event = (event: UInt32, payload: [UInt8])

    public enum Admission: Sendable, Hashable {
        case taken
        /// Not taken: deliver it again when `next` calls `resume`.
        case full
        /// The call has ended.
        case ended
    }

    private struct State {
        var events: [Event] = []
        var first = 0
        var waitingBytes = 0
        var isHeldBack = false
        /// Read, and not yet given back to a sender that works on credit.
        var owed = 0
        var end: Result<[UInt8], CallError>?
        var waiter: UnsafeContinuation<Void, Never>?

        var isEmpty: Bool { first == events.count }

        /// Nothing is kept of what was read: a reader that is always a little behind would otherwise keep everything.
        mutating func take() -> Event? {
            guard !isEmpty else { return nil }
            let event = events[first]
            events[first].payload = []
            first += 1
            waitingBytes -= event.payload.count + CallMailbox.eventCost
            owed += event.payload.count + CallMailbox.eventCost
            if isEmpty {
                events.removeAll(keepingCapacity: true)
                first = 0
            } else if first > 64, first > events.count / 2 {
                events.removeFirst(first)
                first = 0
            }
            return event
        }

        /// Bytes that a sender may be told of, nil if it need not hear of any. Asked at every read, also one that found
        /// nothing.
        mutating func release(_ bound: Int, isCredited: Bool) -> Int? {
            let isDue = isCredited ? owed > bound / 2 : isHeldBack && waitingBytes <= bound / 2
            guard isDue else { return nil }
            defer { owed = 0 }
            isHeldBack = false
            return owed
        }
    }

    /// What an event costs beside its payload, so that empty ones are bounded too.
    public static let eventCost = 64

    private let state: Mutex<State>
    private let bound: Int
    private let isCredited: Bool

    /// Payload bytes that may wait to be read, unless another bound is given.
    public static let bound = 256 * 1024

    /// - Parameters:
    ///   - bound: payload bytes that may wait to be read.
    ///   - isCredited: the sender counts for itself what it may still send, and is told of what was read, half of the
    ///     bound at a time. Otherwise it hears only that there is room again after it was told that there was none.
    public init(bound: Int = CallMailbox.bound, isCredited: Bool = false) {
        self.bound = bound
        self.isCredited = isCredited
        state = Mutex(State())
    }

    // MARK: Filling, from any thread

    public func deliver(event: UInt32, payload: UnsafeRawBufferPointer) -> Admission {
        let (admission, waiter): (Admission, UnsafeContinuation<Void, Never>?) = state.withLock { state in
            if state.end != nil { return (.ended, nil) }
            if state.waitingBytes > bound {
                state.isHeldBack = true
                return (.full, nil)
            }
            state.events.append((event, Array(payload)))
            state.waitingBytes += payload.count + Self.eventCost
            defer { state.waiter = nil }
            return (.taken, state.waiter)
        }
        waiter?.resume()
        return admission
    }

    /// End the call; the first end counts. What was delivered before can still be read.
    @discardableResult
    public func settle(_ end: Result<[UInt8], CallError>) -> Bool {
        let (isFirst, waiter): (Bool, UnsafeContinuation<Void, Never>?) = state.withLock { state in
            if state.end != nil { return (false, nil) }
            state.end = end
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume()
        return isFirst
    }

    // MARK: Emptying, by one task

    /// What is there now: an event, or nil if the reader would have to wait or the call has ended.
    ///
    /// - Parameter resume: called with the bytes read since the last time, when a sender may go on.
    public func poll(resume: (Int) -> Void) -> Event? {
        let (event, released) = state.withLock { state in
            let event = state.take()
            return (event, state.release(bound, isCredited: isCredited))
        }
        if let released { resume(released) }
        return event
    }

    /// The end, once every event was read.
    public var end: Result<[UInt8], CallError>? { state.withLock { $0.isEmpty ? $0.end : nil } }

    public var hasEnded: Bool { state.withLock { $0.end != nil } }

    /// The next event; nil when the call ended well and all was read.
    ///
    /// - Parameter resume: called with the bytes read since the last time, when a sender may go on.
    /// - Parameter cancel: called, on any thread, when the reading task is cancelled while it waits.
    public func next(
        resume: (Int) -> Void, cancel: @escaping @Sendable () -> Void
    ) async throws(CallError) -> Event? {
        while true {
            let (event, end, released): (Event?, Result<[UInt8], CallError>?, Int?) = state.withLock { state in
                let event = state.take()
                return (event, event == nil ? state.end : nil, state.release(bound, isCredited: isCredited))
            }
            if let released { resume(released) }
            if let event { return event }
            switch end {
            case .success: return nil
            case .failure(let error): throw error
            case nil: await wait(cancel: cancel)
            }
        }
    }

    private func wait(cancel: @escaping @Sendable () -> Void) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                let isReady = state.withLock { state in
                    if !state.isEmpty || state.end != nil { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
    }
}
