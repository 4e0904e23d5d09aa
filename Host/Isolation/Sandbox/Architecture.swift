/// A processor architecture that the sandbox has numbers for.
package enum Architecture: String, Sendable, CaseIterable {
    case x86 = "x86-64"
    case arm = "arm64"

    package static var current: Architecture {
        #if arch(x86_64)
            .x86
        #elseif arch(arm64)
            .arm
        #else
            #error("the sandbox has no table of system calls for this architecture")
        #endif
    }

    /// `AUDIT_ARCH_X86_64` and `AUDIT_ARCH_AARCH64` of `linux/audit.h`: what a filter sees in `seccomp_data.arch`.
    var auditNumber: UInt32 { self == .x86 ? 0xC000_003E : 0xC000_00B7 }

    /// From here on numbers are those of the x32 table, another way into the same kernel with other numbers.
    var foreignNumbers: UInt32? { self == .x86 ? 0x4000_0000 : nil }
}
