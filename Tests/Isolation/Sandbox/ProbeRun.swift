import Glibc
import KernelCalls

/// One run of `SandboxProbe`, started as a runner is: no environment, standard streams and the wire alone.
struct ProbeRun {
    enum Fault: Error { case notStarted(Int32) }

    /// What the steps answered, in order: `name=answer`.
    var answers: [(step: String, answer: String)] = []
    /// Lines of the handler of refused calls.
    var reports: [String] = []
    /// As wait(2) has it.
    var status: Int32 = 0

    init(_ arguments: [String]) throws {
        let program = Self.folder + "/SandboxProbe"
        var output: [Int32] = [0, 0]
        var wire: [Int32] = [0, 0]
        guard pipe(&output) == 0, socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &wire) == 0 else {
            throw Fault.notStarted(errno)
        }
        var list = ([program] + arguments).map { strdup($0) } + [nil]
        defer { list.forEach { free($0) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        let process = kernel_spawn(program, &list, &environment, output[1], wire[1], -1)
        close(output[1])
        close(wire[1])
        defer {
            close(output[0])
            close(wire[0])
        }
        guard process > 0 else { throw Fault.notStarted(process) }
        var text: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(output[0], &block, block.count)
            if count <= 0 { break }
            text += block[..<count]
        }
        waitpid(process, &status, 0)
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("\u{1}") {
                reports.append(String(line))
            } else {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                answers.append((parts[0], parts.count == 2 ? parts[1] : ""))
            }
        }
    }

    /// The answer of the only step with this name.
    subscript(step: String) -> String? { answers.first { $0.step == step }?.answer }

    /// All answers of steps with this name.
    func all(_ step: String) -> [String] { answers.filter { $0.step == step }.map(\.answer) }

    var signal: Int32 { status & 0x7F }

    /// Where the products are: the tests' own program is one.
    static var folder: String {
        var path = [UInt8](repeating: 0, count: 4096)
        let count = path.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
        let text = String(decoding: path[..<max(0, count)], as: UTF8.self)
        return text.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
}
