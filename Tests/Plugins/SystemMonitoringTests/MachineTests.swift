import Glibc
import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// The machine that runs the tests.
struct MachineTests {
    @Test func thisMachineIsMeasuredForReal() throws {
        let tree = SystemTree.machine
        let first = CounterReading(tree)
        // What the second reading must show: a tenth of a second on the processor, however long that takes.
        var rounds: UInt64 = 0
        let begun = processorNanoseconds()
        while processorNanoseconds() - begun < 100_000_000 { rounds &+= 1 }
        let second = CounterReading(tree)
        let state = StateReading(tree)
        let found =
            Assessment.standard.findings(state)
            + Assessment.standard.findings(from: first, to: second, tree)
        #expect(rounds > 0)
        let busy = try #require(found["cpu.busy"]?.value)
        #expect(busy > 0 && busy <= 100)
        let memory = try #require(found["memory.used"]?.value)
        #expect(memory > 0 && memory < 100)
        #expect(found.contains { $0.id == "machine.uptime" && ($0.value ?? 0) > 0 })
        #expect(try #require(found["processes.cpu"]?.value) > 0)
        #expect(try #require(found["processes.memory"]?.value) > 1_000_000)
        #expect(Set(found.map(\.id)).count == found.count)
        for finding in found.map({ $0.finding() }) {
            #expect(finding.title.hasSuffix(".") && !finding.title.hasSuffix(".."))
            #expect(finding.source?.isEmpty == false)
            #expect(Area(of: finding) != nil, "\(finding.id)")
        }
    }

    /// How long this thread has had the processor.
    private func processorNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
