internal import Glibc
internal import KernelCalls

/// Makes RLIMIT_NPROC count the threads of this process alone.
///
/// The kernel counts processes and threads by real user id and user namespace, and does not hold root to the limit at
/// all. So a process with CAP_SETUID takes a real user id that nobody else has (effective and saved ids stay, and with
/// them what it may open; access(2) asks for the real one and may say no to files that open), and one without takes a
/// user namespace of its own, if it can get one. Where neither works, there is no limit but the address space that
/// stacks take, and the report says so. (setrlimit(2), credentials(7))
enum ThreadLimit {
    /// Whether the limit is set.
    static func apply(_ threads: UInt64, ownUserNamespace: Bool) throws(SandboxError) -> Bool {
        guard try takeUserID() || (ownUserNamespace && geteuid() != 0) else { return false }
        try ResourceLimits.applyThreads(threads)
        return true
    }

    /// Process ids have 22 bits, so that no two processes of one process namespace share the id. The range is far
    /// from what systems give to users, containers and services.
    private static func takeUserID() throws(SandboxError) -> Bool {
        guard geteuid() == 0, Privileges.has(Privileges.Capability.setUser) else { return false }
        return kernel_set_real_user(0x6A00_0000 + UInt32(getpid())) == 0
    }
}
