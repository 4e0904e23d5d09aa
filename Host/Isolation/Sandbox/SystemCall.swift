/// One system call of Linux: its name, its number on the two architectures, and what a sandboxed plugin may do with it.
///
/// Numbers are those of the kernel's `syscall_64.tbl` (x86-64) and `asm-generic/unistd.h` (arm64), to Linux 6.18. They
/// are written out for both, so that the filter of either architecture can be built and tested on any machine.
package struct SystemCall: Sendable {
    package let name: StaticString
    /// -1 where the architecture has no such call.
    package let x86: Int16
    package let arm: Int16
    package let rule: SystemCallRule

    package init(_ name: StaticString, _ x86: Int16, _ arm: Int16, _ rule: SystemCallRule) {
        self.name = name
        self.x86 = x86
        self.arm = arm
        self.rule = rule
    }

    /// Nil where the architecture has no such call.
    package func number(on architecture: Architecture) -> Int? {
        let number = architecture == .x86 ? x86 : arm
        return number < 0 ? nil : Int(number)
    }

    /// Every call that is known, by what it is about.
    package static var themes: [[SystemCall]] {
        [files, fileAttributes, memory, threads, processes, network, administration]
    }
}
