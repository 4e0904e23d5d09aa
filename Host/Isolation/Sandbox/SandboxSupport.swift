internal import Glibc
internal import KernelCalls

/// What this kernel, with the settings of this machine, can give. Asking changes nothing in the process.
package struct SandboxSupport: Sendable, Hashable {
    package var architecture: Architecture
    /// `uname -r`
    package var kernel: String
    /// 0 where there is no Landlock, or it is switched off.
    package var landlockABI: Int
    /// Filters that trap, installed for all threads at once.
    package var systemCallFilters: Bool
    /// What the machine's settings say about user namespaces. A security module can still refuse them.
    package var userNamespaces: Bool

    package init(
        architecture: Architecture, kernel: String, landlockABI: Int, systemCallFilters: Bool, userNamespaces: Bool
    ) {
        self.architecture = architecture
        self.kernel = kernel
        self.landlockABI = landlockABI
        self.systemCallFilters = systemCallFilters
        self.userNamespaces = userNamespaces
    }

    /// Some ten system calls.
    package static func probe() -> SandboxSupport {
        SandboxSupport(
            architecture: .current, kernel: release(), landlockABI: max(0, Int(kernel_landlock_abi())),
            systemCallFilters: kernel_seccomp_available() == 1,
            // The first is in every kernel with user namespaces, the others come from Debian and AppArmor.
            userNamespaces: setting("/proc/sys/user/max_user_namespaces", is: { $0 != "0" }, elsewhere: false)
                && setting("/proc/sys/kernel/unprivileged_userns_clone", is: { $0 != "0" }, elsewhere: true)
                && setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", is: { $0 == "0" }, elsewhere: true)
        )
    }

    /// A sentence about what the level needs and this kernel does not have, and what can be written instead. Nil if
    /// nothing is missing.
    package func missing(for level: SandboxLevel) -> String? {
        guard level != .none else { return nil }
        if !systemCallFilters {
            return "The sandbox level \"\(level.rawValue)\" needs seccomp filters that trap (Linux 4.14 with "
                + "CONFIG_SECCOMP_FILTER), and this kernel (\(kernel)) or the container around it does not give them. "
                + "Write \"level: none\" only for a plugin that you trust with everything that the host may do."
        }
        if level == .strict && landlockABI < Landlock.leastABI {
            let state = landlockABI == 0 ? "none, or it is switched off at boot (lsm=)" : "version \(landlockABI)"
            return
                "The sandbox level \"strict\" needs Landlock version \(Landlock.leastABI) (Linux 6.2), and this kernel "
                + "(\(kernel)) has \(state). Write \"level: basic\" for a sandbox without it: the plugin can then open "
                + "every file that the host's user can."
        }
        return nil
    }

    private static func release() -> String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return withUnsafeBytes(of: &name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static func setting(_ path: String, is wanted: (String) -> Bool, elsewhere: Bool) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return elsewhere }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            return wanted(String(decoding: buffer.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self))
        }
    }
}
