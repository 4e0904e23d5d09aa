import Isolation

/// What the kernel does with a filter, instruction by instruction: the few of classic BPF that seccomp filters of ours
/// have. Written from Documentation/networking/filter.rst, without a look at what writes the programs.
struct FilterInterpreter {
    enum Fault: Error, Hashable { case unknownInstruction(UInt16), ranPastTheEnd, backward, unaligned(UInt32) }

    var program: [FilterInstruction]

    /// The answer for a call, and how many instructions it took.
    func run(
        _ architecture: UInt32, _ number: UInt32, _ arguments: [UInt64] = []
    ) throws -> (answer: UInt32, steps: Int) {
        var words = [UInt32](repeating: 0, count: 16)
        words[0] = number
        words[1] = architecture
        for (index, argument) in arguments.prefix(6).enumerated() {
            words[4 + 2 * index] = UInt32(truncatingIfNeeded: argument)
            words[5 + 2 * index] = UInt32(argument >> 32)
        }
        var accumulator: UInt32 = 0
        var next = 0
        var steps = 0
        while program.indices.contains(next) {
            let instruction = program[next]
            let constant = instruction.constant
            next += 1
            steps += 1
            switch instruction.code {
            case 0x20:
                guard constant % 4 == 0, constant < 64 else { throw Fault.unaligned(constant) }
                accumulator = words[Int(constant / 4)]
            case 0x54: accumulator &= constant
            case 0x05: next += Int(constant)
            case 0x15: next += Int(accumulator == constant ? instruction.jumpTrue : instruction.jumpFalse)
            case 0x35: next += Int(accumulator >= constant ? instruction.jumpTrue : instruction.jumpFalse)
            case 0x06: return (constant, steps)
            default: throw Fault.unknownInstruction(instruction.code)
            }
        }
        throw Fault.ranPastTheEnd
    }
}

extension Architecture {
    /// AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64
    var audited: UInt32 { self == .x86 ? 0xC000_003E : 0xC000_00B7 }
}

/// The answers of `linux/seccomp.h`.
enum Answer {
    static let allow: UInt32 = 0x7FFF_0000
    static let trap: UInt32 = 0x0003_0000
    static let absent: UInt32 = 0x0005_0026
    static let ignore: UInt32 = 0x0005_0000
    static let kill: UInt32 = 0x8000_0000
}
