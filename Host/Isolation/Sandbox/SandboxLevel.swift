/// How much is taken away from a plugin in a process of its own.
package enum SandboxLevel: String, Sendable, Hashable, CaseIterable {
    /// Everything: limits, no privileges, Landlock, the filter of system calls.
    case strict
    /// As `strict` but for Landlock: for kernels without it. Files are guarded by their owners and modes alone.
    case basic
    /// Limits, and a process of its own. A crash stays there; nothing else does.
    case none
}
