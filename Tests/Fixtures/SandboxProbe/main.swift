import Glibc
import Isolation
import KernelCalls

// Enters a sandbox, takes the steps that its arguments name, and prints how each ended, one line a step. The tests
// start it as the host starts a runner. Arguments: `level=strict`, `readable=PATH`, `executable=PATH`, `temporary=PATH`,
// `memory=BYTES`, `threads=N`, `files=N`, `fileSize=BYTES`, `cpu=SECONDS`, then steps.

// Whatever hangs ends.
alarm(60)
var settings = SandboxSettings()
var steps: [Step] = []
for argument in CommandLine.arguments.dropFirst() {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    let value = parts.count == 2 ? parts[1] : ""
    switch parts[0] {
    case "level": settings.level = SandboxLevel(rawValue: value)!
    case "readable": settings.readable.append(value)
    case "executable": settings.executable.append(value)
    case "temporary": settings.temporary = value
    case "memory": settings.memory = UInt64(value)!
    case "threads": settings.threads = UInt64(value)!
    case "files": settings.openFiles = UInt64(value)!
    case "fileSize": settings.fileSize = UInt64(value)!
    case "cpu": settings.cpuSeconds = UInt64(value)!
    default: steps.append(Step(name: parts[0], value: value))
    }
}

var library: UnsafeMutableRawPointer?
for step in steps where step.isBefore { print("\(step.name)=\(step.take(&library))") }
do {
    // Standard output goes out now, in case a limit or a signal ends the process.
    fflush(nil)
    let report = try Sandbox.enter(settings)
    print("entered=\(report.level.rawValue)")
    for step in steps where !step.isBefore {
        switch step.name {
        case "seal":
            try Sandbox.seal()
            print("seal=0")
        case "report":
            for promise in report.promises { print("promise=\(promise)") }
            print("landlock=\(report.landlockABI)")
            print("namespaces=\(report.namespaces.joined(separator: ","))")
            print("threadsLimited=\(report.threadsLimited)")
            print("filterLength=\(report.filterLength)")
            print("nanoseconds=\(report.nanoseconds)")
        default: print("\(step.name)=\(step.take(&library))")
        }
        fflush(nil)
    }
} catch {
    print("refused=\(error)")
    exit(1)
}
