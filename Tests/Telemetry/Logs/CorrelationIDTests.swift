import Dispatch
import Synchronization
import Telemetry
import Testing

@Suite struct CorrelationIDTests {
    @Test(arguments: ["a", "A-b_c.9", String(repeating: "x", count: 128)])
    func aWellFormedOneOfTheClientIsKept(text: String) {
        #expect(CorrelationID(header: text).text == text)
    }

    @Test(arguments: ["", " ", "a b", "a\nb", "é", "a\"", String(repeating: "x", count: 129)])
    func anyOtherIsReplaced(text: String) {
        #expect(CorrelationID(text) == nil)
        let made = CorrelationID(header: text).text
        #expect(made != text && made.utf8.count == 32)
        #expect(made.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test func noTwoAreEqualOnAnyThread() {
        let all = Mutex<Set<String>>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let made = (0..<5000).map { _ in CorrelationID().text }
            all.withLock { $0.formUnion(made) }
        }
        #expect(all.withLock { $0.count } == 20_000)
    }

    @Test func theBitsOfAThousandLookLikeChance() {
        // A mean of 64 set bits of 128; the bound is more than ten standard errors.
        let bits = (0..<1000).map { _ in CorrelationID().text.reduce(0) { $0 + $1.hexDigitValue!.nonzeroBitCount } }
        #expect(abs(bits.reduce(0, +) - 64_000) < 2000)
    }
}
