import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// What one moment shows, on machines made of files.
struct StateFindingsTests {
    private func findings(_ prepare: (FixtureTree) -> Void) throws -> [Measured] {
        let machine = try FixtureTree()
        prepare(machine)
        return Assessment.standard.findings(StateReading(machine.tree))
    }

    @Test func memoryIsWhatIsNotAvailable() throws {
        let found = try findings {
            $0.write(
                "/proc/meminfo",
                "MemTotal: 8000 kB\nMemFree: 100 kB\nMemAvailable: 2000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n")
        }
        let memory = try #require(found["memory.used"]).finding()
        #expect(memory.value == 75)
        #expect(memory.severity == .ok)
        #expect(memory.threshold == 85)
        #expect(memory.unit == "%")
        #expect(memory.source == "/proc/meminfo")
        #expect(memory.title == "Memory is 75% used, with 2 MiB of 7.8 MiB available.")
        #expect(try #require(found["swap.used"]).finding().title == "The machine has no swap space.")
    }

    @Test func swapThatIsFullIsCritical() throws {
        let swap = try #require(
            findings {
                $0.write(
                    "/proc/meminfo", "MemTotal: 8 kB\nMemAvailable: 8 kB\nSwapTotal: 1000 kB\nSwapFree: 100 kB\n")
            }["swap.used"])
        #expect(swap.value == 90)
        #expect(swap.severity == .critical)
        #expect(swap.threshold == 85)
    }

    @Test func loadIsJudgedByCore() throws {
        let load = try #require(
            findings {
                $0.write("/proc/loadavg", "0.50 6.00 3.00 2/114 99\n")
                $0.write("/proc/stat", "cpu 1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n")
            }["cpu.load"])
        #expect(load.value == 3)
        #expect(load.severity == .warning)
        #expect(load.threshold == 1.5)
        #expect(load.finding().title == "The load over five minutes is 6 on 2 cores, 3 for each.")
    }

    @Test func pressureIsOfTheLastTenSeconds() throws {
        let found = try findings {
            $0.write(
                "/proc/pressure/memory",
                "some avg10=12.50 avg60=2.00 avg300=1.00 total=9\nfull avg10=3.00 avg60=1.00 avg300=0.50 total=5\n")
        }
        let memory = try #require(found["pressure.memory"]).finding()
        #expect(memory.value == 12.5)
        #expect(memory.severity == .warning)
        #expect(
            memory.detail
                == #"{"some":{"avg10":12.5,"avg60":2,"avg300":1},"full":{"avg10":3,"avg60":1,"avg300":0.5}}"#)
        #expect(found["pressure.cpu"] == nil)
    }

    @Test func openFilesAreJudgedByTheKernelsLimit() throws {
        let files = try #require(findings { $0.write("/proc/sys/fs/file-nr", "960\t0\t1000\n") }["files.open"])
        #expect(files.value == 96)
        #expect(files.severity == .critical)
    }

    @Test func everyFileThatIsNotThereIsNamedInOneFinding() throws {
        let machine = try FixtureTree()
        machine.write("/proc/uptime", "90061.00 1.00\n")
        let state = StateReading(machine.tree)
        #expect(state.missing.map(\.path).contains("/proc/pressure/cpu"))
        let missing = try #require(
            Assessment.standard.notMeasured(state.missing.filter { $0.path.hasPrefix("/proc/pressure") })
        ).finding()
        #expect(missing.severity == .info)
        #expect(
            missing.title
                == "Not everything could be measured: /proc/pressure/cpu, /proc/pressure/memory and /proc/pressure/io are not there."
        )
        #expect(Assessment.standard.notMeasured([]) == nil)
        let uptime = try #require(Assessment.standard.findings(state)["machine.uptime"])
        #expect(uptime.finding().title == "The machine was started 1 day and 1 hour ago.")
    }

    @Test func aFileOfAnotherFormIsMissingAndNotGuessed() throws {
        let machine = try FixtureTree()
        machine.write("/proc/meminfo", "nonsense\n")
        let state = StateReading(machine.tree)
        #expect(Assessment.standard.findings(state)["memory.used"] == nil)
        #expect(
            state.missing.first { $0.path == "/proc/meminfo" }?.reason == "does not have the form that is known")
    }
}
