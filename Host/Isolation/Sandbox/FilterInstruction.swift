/// One instruction of classic BPF, as `struct sock_filter` of `linux/filter.h` has it.
package struct FilterInstruction: Sendable, Hashable {
    package var code: UInt16
    /// How many instructions to skip if the condition holds; at most 255.
    package var jumpTrue: UInt8
    package var jumpFalse: UInt8
    package var constant: UInt32

    /// `linux/bpf_common.h`: the few that a seccomp filter needs.
    package enum Code {
        /// BPF_LD | BPF_W | BPF_ABS
        package static let load: UInt16 = 0x20
        /// BPF_ALU | BPF_AND | BPF_K
        package static let and: UInt16 = 0x54
        /// BPF_JMP | BPF_JA, the distance in `constant`
        package static let jump: UInt16 = 0x05
        /// BPF_JMP | BPF_JEQ | BPF_K
        package static let ifEqual: UInt16 = 0x15
        /// BPF_JMP | BPF_JGE | BPF_K, unsigned
        package static let ifAtLeast: UInt16 = 0x35
        /// BPF_RET | BPF_K
        package static let answer: UInt16 = 0x06
    }
}

/// A word of `struct seccomp_data` of `linux/seccomp.h`.
package enum FilterWord: Sendable, Hashable {
    case number
    case architecture
    /// Arguments 0 to 5. Both architectures are little-endian.
    case low(Int)
    case high(Int)

    package var offset: UInt32 {
        switch self {
        case .number: 0
        case .architecture: 4
        case .low(let argument): 16 + 8 * UInt32(argument)
        case .high(let argument): 20 + 8 * UInt32(argument)
        }
    }
}

/// What a filter answers.
package enum FilterAction: Sendable, Hashable, CaseIterable {
    /// SECCOMP_RET_ALLOW
    case allow
    /// SECCOMP_RET_TRAP: SIGSYS, whose handler reports the call and lets it fail with EPERM.
    case trap
    /// SECCOMP_RET_ERRNO with ENOSYS
    case absent
    /// SECCOMP_RET_ERRNO with 0: the call is not made, and answers 0.
    case ignore
    /// SECCOMP_RET_KILL_PROCESS: the numbers mean other calls, so there is nothing to decide.
    case kill

    package var value: UInt32 {
        switch self {
        case .allow: 0x7FFF_0000
        case .trap: 0x0003_0000
        case .absent: 0x0005_0000 | 38
        case .ignore: 0x0005_0000
        case .kill: 0x8000_0000
        }
    }
}
