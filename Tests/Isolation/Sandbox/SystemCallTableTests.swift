import Glibc
import Isolation
import Testing

@Suite struct SystemCallTableTests {
    @Test(arguments: Architecture.allCases)
    func everyNameAndEveryNumberStandsOnce(architecture: Architecture) {
        var numbers: Set<Int> = []
        var names: Set<String> = []
        for call in SystemCall.themes.joined() {
            #expect(names.insert("\(call.name)").inserted, "\(call.name)")
            if let number = call.number(on: architecture) {
                #expect(numbers.insert(number).inserted, "\(call.name)")
                #expect(SystemCalls.name(number, on: architecture) == "\(call.name)")
                #expect(SystemCalls.number(of: "\(call.name)", on: architecture) == number)
            }
        }
        // 0 to 334 on x86-64 and the common ones from 424 on; 0 to 294 on arm64, with a gap.
        #expect(numbers.count > 300)
    }

    /// The kernel's own header files, where this machine has them: one of each architecture.
    @Test(
        .enabled(if: access("/usr/include/asm-generic/unistd.h", R_OK) == 0),
        arguments: [
            (Architecture.x86, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
            (Architecture.arm, "/usr/include/asm-generic/unistd.h"),
        ])
    func numbersAreThoseOfTheHeaderFiles(architecture: Architecture, path: String) throws {
        guard let file = fopen(path, "r") else { return }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        // Names of numbers without a call, and of calls that arm64 does not have.
        let others: Set = [
            "syscalls", "arch_specific_syscall", "fcntl64", "statfs64", "fstatfs64", "truncate64", "sync_file_range2",
        ]
        var compared = 0
        for line in String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count >= 3, words[0] == "#define", let number = Int(words[2]) else { continue }
            guard let underscore = ["__NR_", "__NR3264_"].first(where: { words[1].hasPrefix($0) }) else { continue }
            var name = String(words[1].dropFirst(underscore.count))
            if name == "fstatat" { name = "newfstatat" }
            if others.contains(name) || name.hasSuffix("_time64") || name.hasSuffix("_time32") { continue }
            guard let known = SystemCalls.number(of: name, on: architecture) else {
                // 403 to 423 are for architectures with 32 bits.
                if !(403...423).contains(number) { Issue.record("\(name), \(number), is not in the table") }
                continue
            }
            #expect(known == number, "\(name)")
            compared += 1
        }
        #expect(compared > 290)
    }

    @Test func whatIsUnknownHasNoNameAndNoNumber() {
        #expect(SystemCalls.name(9999) == nil)
        #expect(SystemCalls.name(-1) == nil)
        #expect(SystemCalls.number(of: "frobnicate") == nil)
        #expect(SystemCalls.number(of: "open", on: .arm) == nil)
    }
}
