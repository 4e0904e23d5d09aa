import JackfieldVocabulary
import Synchronization
import Testing

@Suite struct CallMailboxTests {
    private func deliver(_ mailbox: CallMailbox, _ byte: UInt8, size: Int = 1) -> CallMailbox.Admission {
        [UInt8](repeating: byte, count: size).withUnsafeBytes { mailbox.deliver(event: 1, payload: $0) }
    }

    @Test func eventsComeInOrderAndThenTheEnd() async throws {
        let mailbox = CallMailbox()
        for byte in 0..<3 as Range<UInt8> { #expect(deliver(mailbox, byte) == .taken) }
        #expect(mailbox.settle(.success([9])))
        #expect(!mailbox.settle(.failure(CallError(.internal, "late"))))
        #expect(deliver(mailbox, 7) == .ended)
        var seen: [UInt8] = []
        while let event = try await mailbox.next(resume: { _ in }, cancel: {}) { seen += event.payload }
        #expect(seen == [0, 1, 2])
        #expect(try mailbox.end?.get() == [9])
    }

    @Test func aFullMailboxHoldsTheSenderBackUntilHalfIsRead() async throws {
        let mailbox = CallMailbox(bound: 200)
        #expect(deliver(mailbox, 0, size: 60) == .taken)
        #expect(deliver(mailbox, 1, size: 60) == .taken)
        #expect(deliver(mailbox, 2, size: 60) == .full)
        let resumed = Mutex(0)
        _ = try await mailbox.next(resume: { _ in resumed.withLock { $0 += 1 } }, cancel: {})
        #expect(resumed.withLock { $0 } == 0)
        _ = try await mailbox.next(resume: { _ in resumed.withLock { $0 += 1 } }, cancel: {})
        #expect(resumed.withLock { $0 } == 1)
        #expect(deliver(mailbox, 2, size: 60) == .taken)
    }

    @Test func aSenderThatIsHeldBackIsToldByAPollThatEmptiesTheMailbox() {
        let mailbox = CallMailbox(bound: 200)
        while deliver(mailbox, 0, size: 60) == .taken {}
        var resumed = 0
        while mailbox.poll(resume: { _ in resumed += 1 }) != nil {}
        #expect(resumed == 1)
        #expect(deliver(mailbox, 1) == .taken)
    }

    @Test func aReaderThatWaitsIsWokenFromAnotherThread() async throws {
        let mailbox = CallMailbox()
        let reader = Task { try await mailbox.next(resume: { _ in }, cancel: {})?.payload }
        #expect(deliver(mailbox, 5) == .taken)
        #expect(try await reader.value == [5])
    }

    @Test func aReaderThatIsCancelledCancelsTheCall() async throws {
        let mailbox = CallMailbox()
        let reader = Task {
            try await mailbox.next(
                resume: { _ in }, cancel: { mailbox.settle(.failure(CallError(.cancelled, "gone"))) })
        }
        reader.cancel()
        let error = await #expect(throws: CallError.self) { try await reader.value }
        #expect(error?.code == .cancelled)
    }
}
