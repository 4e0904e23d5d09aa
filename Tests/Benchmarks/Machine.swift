import Foundation
import Glibc
import TestSupport

/// What the figures were measured on.
struct Machine: CustomStringConvertible {
    var cores: Int
    var model: String
    var kernel: String
    var memoryMegabytes: Int

    static func this() throws -> Machine {
        var names = utsname()
        uname(&names)
        let kernel = withUnsafeBytes(of: names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let model =
            try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
            .first { $0.hasPrefix("model name") }?.split(separator: ":").last.map(String.init) ?? " unknown processor"
        return Machine(
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)), model: String(model.dropFirst()), kernel: kernel,
            memoryMegabytes: try ProcessFile("/proc/meminfo").kibibytes("MemTotal") / 1024)
    }

    var description: String { "\(cores) cores of \(model), \(memoryMegabytes) MiB of memory, Linux \(kernel)" }
}

/// A file of lines like "VmRSS:   1234 kB", as /proc has several.
struct ProcessFile {
    private let path: String
    private let text: String

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOfFile: path, encoding: .utf8)
    }

    func kibibytes(_ name: String) throws -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        guard let value = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
            throw TestFailure("\(path) says nothing of \(name)")
        }
        return value
    }
}

extension HostProcess {
    /// A figure of /proc/PID/status ("VmRSS", "VmHWM"), in MB of 1,000,000 bytes.
    func megabytes(_ name: String) throws -> Double {
        Double(try ProcessFile("/proc/\(process.pid)/status").kibibytes(name)) * 1024 / 1e6
    }
}

extension ChildProcess {
    /// Processor time since its start, of all its threads, in seconds.
    var processorSeconds: Double {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            // Counted from behind the name, which may hold anything: utime and stime are fields 14 and 15 (proc(5)).
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
                throw TestFailure("/proc/\(pid)/stat cannot be read")
            }
            return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }
}

extension HostProcess {
    var processorSeconds: Double { get throws { try process.processorSeconds } }
}

/// As many descriptors as this process may have; its children inherit them.
func raiseDescriptorLimit(to wanted: Int) throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_max >= wanted else {
        throw TestFailure(
            "\(wanted) descriptors are needed and \(limit.rlim_max) allowed: raise the limit (ulimit -Hn)")
    }
}
