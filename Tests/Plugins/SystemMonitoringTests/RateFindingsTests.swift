import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// What two moments show, on machines made of files.
struct RateFindingsTests {
    /// Two seconds pass between the two.
    private func findings(
        _ before: (FixtureTree) -> Void, _ after: (FixtureTree) -> Void
    ) throws -> [Measured] {
        let machine = try FixtureTree()
        before(machine)
        let first = CounterReading(machine.tree)
        after(machine)
        machine.advance(seconds: 2)
        return Assessment.standard.findings(from: first, to: CounterReading(machine.tree), machine.tree)
    }

    @Test func theTimeOfTheCPUIsSplitByMode() throws {
        let found = try findings {
            $0.write(
                "/proc/stat", "cpu 100 0 100 1000 0 0 0 0 0 0\ncpu0 50 0 50 500 0 0 0 0 0 0\ncpu1 50 0 50 500 0 0 0 0\n"
            )
        } _: {
            // 400 ticks: user 200, system 40, idle 40, iowait 100, softirq 10, steal 10.
            $0.write(
                "/proc/stat",
                "cpu 300 0 140 1040 100 0 10 10 0 0\ncpu0 250 0 50 500 0 0 0 0 0 0\ncpu1 50 0 90 540 100 0 10 10 0 0\n")
        }
        let busy = try #require(found["cpu.busy"])
        #expect(busy.value == 65)
        #expect(busy.severity == .ok)
        #expect(
            busy.finding().title == "The CPU is 65% busy (user 50%, system 10%), with 1 of 2 cores at their limit.")
        #expect(
            busy.finding().detail
                == #"{"modes":{"user":50,"nice":0,"system":10,"idle":10,"iowait":25,"irq":0,"softirq":2.5,"steal":2.5},"#
                + #""cores":[100,30]}"#)
        #expect(found["cpu.iowait"]?.value == 25)
        #expect(found["cpu.iowait"]?.severity == .warning)
        #expect(found["cpu.steal"]?.value == 2.5)
    }

    @Test func swappingIsCountedInBytes() throws {
        let found = try findings {
            $0.write("/proc/vmstat", "pswpin 100\npswpout 0\noom_kill 1\n")
        } _: {
            $0.write("/proc/vmstat", "pswpin 356\npswpout 512\noom_kill 3\n")
        }
        // 256 and 512 pages of 4 KiB in two seconds.
        #expect(found["swap.rate"]?.value == 1_572_864)
        #expect(found["swap.rate"]?.severity == .warning)
        #expect(found["swap.rate"]?.finding().title == "The machine swaps 512 KiB/s in and 1 MiB/s out.")
        #expect(found["memory.killed"]?.severity == .critical)
        #expect(
            found["memory.killed"]?.finding().title == "The kernel has just killed 2 processes for want of memory.")
    }

    @Test func disksAreMeasuredWithoutTheirPartitions() throws {
        let found = try findings {
            $0.makeFolder("/sys/block/vda")
            $0.makeFolder("/sys/block/loop0")
            $0.write(
                "/proc/diskstats",
                "254 0 vda 100 0 1000 50 100 0 1000 50 0 1000 100\n254 1 vda1 100 0 1000 50 100 0 1000 50 0 1000 100\n"
                    + "7 0 loop0 9 0 9 9 9 0 9 9 0 9 9\n254 16 vdb 0 0 0 0 0 0 0 0 0 0 0\n")
        } _: {
            $0.write(
                "/proc/diskstats",
                "254 0 vda 140 0 5096 150 160 0 3048 150 0 2700 100\n254 1 vda1 100 0 1000 50 100 0 1000 50 0 1000 100\n"
                    + "7 0 loop0 9 0 9 9 9 0 9 9 0 9 9\n254 16 vdb 0 0 0 0 0 0 0 0 0 0 0\n")
        }
        #expect(found.filter { $0.id.hasPrefix("disk.") }.map(\.id) == ["disk.busy:vda", "disk.rate:vda"])
        // 1700 of 2000 milliseconds; 4096 and 2048 sectors; 40 reads and 60 writes that waited 200 ms together.
        let busy = try #require(found["disk.busy:vda"])
        #expect(busy.value == 85)
        #expect(busy.severity == .warning)
        #expect(busy.finding().detail == #"{"wait_ms":2}"#)
        let rate = try #require(found["disk.rate:vda"])
        #expect(rate.value == 1_572_864)
        #expect(
            rate.finding().title == "The disk vda reads 1 MiB/s and writes 512 KiB/s in 50 operations a second.")
        #expect(
            rate.finding().detail
                == #"{"read_bytes_per_second":1048576,"write_bytes_per_second":524288,"reads_per_second":20,"writes_per_second":30}"#
        )
    }

    @Test func interfacesHaveRatesErrorsDropsAndASpeed() throws {
        let head = "Inter-| Receive | Transmit\n face |bytes packets errs drop\n"
        let found = try findings {
            $0.write("/sys/class/net/eth0/speed", "100\n")
            $0.write(
                "/proc/net/dev",
                head + "    lo: 5 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0\n  eth0:1000 5 0 0 0 0 0 0 1000 5 0 0 0 0 0 0\n")
        } _: {
            $0.write(
                "/proc/net/dev",
                head + "    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n  eth0:20001000 5 4 60 0 0 0 0 5001000 5 2 0 0 0 0 0\n"
            )
        }
        #expect(found["network.rate:lo"] == nil)
        #expect(found["network.rate:eth0"]?.value == 12_500_000)
        #expect(found["network.errors:eth0"]?.value == 3)
        #expect(found["network.errors:eth0"]?.severity == .warning)
        #expect(found["network.errors:eth0"]?.unit == "{error}/s")
        #expect(found["network.drops:eth0"]?.value == 30)
        // 10 MB/s of 12.5 MB/s.
        #expect(found["network.used:eth0"]?.value == 80)
        #expect(found["network.used:eth0"]?.severity == .warning)
    }

    @Test func aCounterThatWasSetBackIsNoTraffic() throws {
        let found = try findings {
            $0.write("/proc/net/dev", "eth0: 900 0 0 0 0 0 0 0 900 0 0 0 0 0 0 0\n")
        } _: {
            $0.write("/proc/net/dev", "eth0: 100 0 0 0 0 0 0 0 900 0 0 0 0 0 0 0\n")
        }
        #expect(found["network.rate:eth0"]?.value == 0)
        #expect(found["network.rate:eth0"]?.finding().title == "The interface eth0 is silent.")
    }

    @Test func processesAreRankedByWhatTheyUsedInTheWindow() throws {
        let found = try findings {
            $0.write("/proc/10/stat", statLine(10, "old", user: 9000, system: 900, pages: 100))
            $0.write("/proc/11/stat", statLine(11, "a) b (c", user: 10, system: 0, pages: 300))
            $0.write("/proc/12/stat", statLine(12, "reused", user: 500, start: 6))
        } _: {
            $0.write("/proc/10/stat", statLine(10, "old", user: 9010, system: 910, pages: 100))
            $0.write("/proc/10/status", "Name: old\nVmRSS: 400 kB\nVmSwap: 8 kB\n")
            $0.write("/proc/11/stat", statLine(11, "a) b (c", user: 110, system: 60, pages: 300))
            $0.write("/proc/11/status", "VmRSS: 2048 kB\n")
            // The id was given to another process, which spent 50 ticks.
            $0.write("/proc/12/stat", statLine(12, "reused", user: 50, start: 77))
            $0.write("/proc/13/stat", statLine(13, "dead", "Z", parent: 10))
            $0.write("/proc/14/stat", statLine(14, "stuck", "D"))
        }
        let cpu = try #require(found["processes.cpu"])
        #expect(cpu.value == 80)
        #expect(cpu.severity == .info)
        #expect(
            cpu.finding().title
                == "The busiest processes are a) b (c (11, 80% of a core), reused (12, 25% of a core) and old (10, 10% of a core)."
        )
        let memory = try #require(found["processes.memory"]).finding()
        #expect(memory.value == 2_097_152)
        #expect(memory.title == "The largest processes are a) b (c (11, 2 MiB) and old (10, 400 KiB).")
        #expect(memory.detail?.contains(#""name":"old","resident_bytes":409600,"swapped_bytes":8192"#) == true)
        #expect(found["processes.zombies"]?.value == 1)
        #expect(
            found["processes.zombies"]?.finding().detail
                == #"{"processes":5,"zombies":[{"pid":13,"name":"dead","parent":10}]}"#)
        #expect(found["processes.blocked"]?.value == 1)
    }

    @Test func withoutTimeBetweenThemThereAreNoRates() throws {
        let machine = try FixtureTree()
        let reading = CounterReading(machine.tree)
        #expect(Assessment.standard.findings(from: reading, to: reading, machine.tree).isEmpty)
        #expect(Set(reading.missing.map(\.path)) == ["/proc/vmstat", "/proc/diskstats", "/proc/net/dev", "/proc"])
    }
}
