import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// Limits of control groups, version 2.
struct ControlGroupTests {
    private func machine(_ path: String) throws -> FixtureTree {
        let machine = try FixtureTree()
        machine.write("/proc/self/mountinfo", "41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
        machine.write("/proc/self/cgroup", "9:name=systemd:/x\n0::\(path)\n")
        machine.write("/proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 900000 kB\n")
        return machine
    }

    @Test func theTightestLimitOfAllParentsCounts() throws {
        let machine = try machine("/pod/app")
        machine.write("/sys/fs/cgroup/pod/app/memory.max", "max\n")
        machine.write("/sys/fs/cgroup/pod/memory.max", "104857600\n")
        machine.write("/sys/fs/cgroup/memory.max", "209715200\n")
        machine.write("/sys/fs/cgroup/pod/memory.current", "104857600\n")
        machine.write("/sys/fs/cgroup/pod/memory.stat", "anon 1\ninactive_file 10485760\n")
        let found = Assessment.standard.findings(StateReading(machine.tree))
        let limit = try #require(found["memory.limit"]).finding()
        #expect(limit.value == 90)
        #expect(limit.severity == .warning)
        #expect(limit.source == "/sys/fs/cgroup/pod/memory.max")
        #expect(limit.title == "The control group uses 90% of its memory limit of 100 MiB.")
        #expect(found["memory.used"]?.value == 10)
    }

    @Test func aLimitAboveTheMachinesMemoryIsNone() throws {
        let machine = try machine("/")
        machine.write("/sys/fs/cgroup/memory.max", "99999999999999\n")
        machine.write("/sys/fs/cgroup/memory.current", "1\n")
        #expect(Assessment.standard.findings(StateReading(machine.tree))["memory.limit"] == nil)
    }

    @Test func processorTimeIsMeasuredAgainstTheLimit() throws {
        let machine = try machine("/app")
        machine.write("/sys/fs/cgroup/app/cpu.max", "150000 100000\n")
        machine.write("/sys/fs/cgroup/cpu.max", "400000 100000\n")
        machine.write("/sys/fs/cgroup/app/cpu.stat", "usage_usec 1000000\nnr_periods 10\nnr_throttled 0\n")
        let first = CounterReading(machine.tree)
        machine.write("/sys/fs/cgroup/app/cpu.stat", "usage_usec 2350000\nnr_periods 20\nnr_throttled 6\n")
        machine.advance(seconds: 1)
        let found = Assessment.standard.findings(from: first, to: CounterReading(machine.tree), machine.tree)
        let limit = try #require(found["cpu.limit"])
        #expect(limit.value == 90)
        #expect(limit.severity == .warning)
        #expect(limit.finding().title == "The control group uses 90% of its limit of 1.5 CPUs.")
        #expect(found["cpu.throttled"]?.value == 60)
        #expect(found["cpu.throttled"]?.severity == .critical)
    }

    @Test func aPathOutsideTheNamespaceIsReadAtItsRoot() throws {
        let machine = try machine("/../../other")
        #expect(ControlGroup(machine.tree)?.folders == ["/sys/fs/cgroup"])
    }

    @Test func withoutVersionTwoThereIsNoGroup() throws {
        let machine = try FixtureTree()
        machine.write("/proc/self/mountinfo", "27 1 254:0 / / rw - ext4 /dev/vda rw\n")
        machine.write("/proc/self/cgroup", "4:memory:/a\n")
        #expect(ControlGroup(machine.tree) == nil)
    }
}
