internal import Glibc
internal import KernelCalls

/// What the process is by right, and gives up: capabilities(7), no_new_privs, the dumpable flag of prctl(2).
enum Privileges {
    /// From here on no execve gives rights, and filters may be installed without any.
    static func noNewOnes() throws(SandboxError) {
        let answer = kernel_prctl(38, 1, 0, 0)  // PR_SET_NO_NEW_PRIVS
        guard answer == 0 else {
            throw SandboxError(
                .missing,
                "The kernel refused no_new_privs (\(ErrorNumber.text(Int32(-answer)))), which Linux has since 3.5; "
                    + "write \"isolation: in-process\" for a plugin that you trust.")
        }
    }

    /// No core file, and no debugger of the same user. Last of the changes to credentials, some of which reset it.
    static func notDumpable() throws(SandboxError) {
        let answer = kernel_prctl(4, 0, 0, 0)  // PR_SET_DUMPABLE
        guard answer == 0 else {
            throw SandboxError(
                .failed, "The process could not be made undumpable: \(ErrorNumber.text(Int32(-answer))).")
        }
    }

    /// Empties all sets of capabilities and locks the rules by which root would get them back.
    static func drop() throws(SandboxError) {
        if has(Capability.setCapabilities) {
            // NOROOT, NO_SETUID_FIXUP, NO_CAP_AMBIENT_RAISE, each with its lock, and the lock of KEEP_CAPS.
            _ = kernel_prctl(28, 0xEF, 0, 0)  // PR_SET_SECUREBITS
        }
        let answer = kernel_drop_capabilities()
        guard answer == 0, effective() == 0 else {
            throw SandboxError(.failed, "The capabilities could not be given up: \(ErrorNumber.text(-answer)).")
        }
    }

    static func has(_ capability: UInt64) -> Bool { effective() & (1 << capability) != 0 }

    private static func effective() -> UInt64 {
        var capabilities: UInt64 = 0
        return kernel_effective_capabilities(&capabilities) == 0 ? capabilities : 0
    }

    /// `linux/capability.h`
    enum Capability {
        static let setUser: UInt64 = 7
        static let setCapabilities: UInt64 = 8
        static let administrate: UInt64 = 21
    }
}
