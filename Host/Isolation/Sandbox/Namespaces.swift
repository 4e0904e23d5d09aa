internal import Glibc
internal import KernelCalls

/// Namespaces of its own for the process, where the kernel gives them: System V IPC and message queues, host name,
/// control groups; for a process that is not root also a user namespace, which is what allows the others.
///
/// Nothing depends on them: the filter refuses the calls that they would guard. Those that cost too much are left out:
/// a network namespace took 180 to 390 µs to make where this was measured, and the kernel takes far longer to take one
/// down; IPC, host name and control group together took 11 to 90 µs. (namespaces(7), user_namespaces(7))
enum Namespaces {
    /// `linux/sched.h`: CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC.
    private static let cheap: Int32 = 0x0200_0000 | 0x0400_0000 | 0x0800_0000
    /// CLONE_NEWUSER
    private static let user: Int32 = 0x1000_0000

    /// Names of those that the process is in now.
    static func enter() throws(SandboxError) -> [String] {
        if geteuid() == 0 {
            guard Privileges.has(Privileges.Capability.administrate), kernel_unshare(cheap) == 0 else { return [] }
            return ["ipc", "uts", "cgroup"]
        }
        let (userID, groupID) = (geteuid(), getegid())
        guard kernel_unshare(user | cheap) == 0 else { return [] }
        // The process keeps its ids. Without the map it would have none, and could make no file.
        guard write("deny", to: "/proc/self/setgroups"), write("\(userID) \(userID) 1", to: "/proc/self/uid_map"),
            write("\(groupID) \(groupID) 1", to: "/proc/self/gid_map")
        else {
            throw SandboxError(
                .failed, "The user namespace has no map of ids (\(ErrorNumber.text(errno)) under /proc/self).")
        }
        return ["user", "ipc", "uts", "cgroup"]
    }

    private static func write(_ text: String, to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var text = text
        return text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) == $0.count }
    }
}
