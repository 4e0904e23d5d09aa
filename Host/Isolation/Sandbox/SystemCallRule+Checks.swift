extension SystemCallRule {
    /// The call is allowed if all checks of one of the rows hold, and refused otherwise. For the rules that look at no
    /// argument there are no rows.
    package func alternatives(_ context: FilterContext) -> [[ArgumentCheck]] {
        switch self {
        case .allow, .refuse, .absent, .ignore: []
        case .newThread: [[.masked(0, Clone.decisive, Clone.thread)]]
        case .ownProcess: [[.oneOf(0, [context.process])]]
        case .callingThread: [[.oneOf(0, [0])]]
        case .limitQueries: [[.oneOf(0, [0, context.process]), .isNull(2)]]
        case .harmlessControls: [[.oneOf(0, Control.harmless)]]
        case .registerQueries: [[.oneOf(0, [0x1003, 0x1004, 0x3001])]]  // ARCH_GET_FS, ARCH_GET_GS, ARCH_CET_STATUS
        case .descriptorsWithoutOwner: [[.oneOf(1, DescriptorControl.commands)]]
        case .descriptorQueries: [[.oneOf(1, DescriptorControl.requests)]]
        case .runnersDescriptorsStay: [[.above(0, context.lastProtectedDescriptor)]]
        case .runnersDescriptorsStayTargets: [[.above(1, context.lastProtectedDescriptor)]]
        case .openButForThreadStatus: [[.not(2, 0o4000)]]  // O_RDONLY | O_NONBLOCK
        case .otherSignals: [[.not(0, 31)], [.isNull(1)]]  // SIGSYS
        case .codeFromFiles:
            [
                [.masked(2, Protection.execute, 0)],
                [
                    .masked(2, Protection.write | Protection.execute, Protection.execute),
                    .masked(3, Protection.anonymous, 0),
                ],
            ]
        case .noNewCode, .neverCode: [[.masked(2, Protection.execute, 0)]]
        // SECCOMP_SET_MODE_FILTER with SECCOMP_FILTER_FLAG_TSYNC and nothing else; SECCOMP_GET_ACTION_AVAIL.
        case .sealing: [[.oneOf(0, [1]), .oneOf(1, [1])], [.oneOf(0, [2])]]
        case .sealed: [[.oneOf(0, [2])]]
        }
    }
}

/// `linux/sched.h`
private enum Clone {
    /// CLONE_VM, CLONE_SIGHAND, CLONE_THREAD
    static let thread: UInt32 = 0x0000_0100 | 0x0000_0800 | 0x0001_0000
    /// With those: CLONE_PIDFD, CLONE_PTRACE, CLONE_VFORK, and all namespaces.
    static let decisive = thread | 0x0000_1000 | 0x0000_2000 | 0x0000_4000 | namespaces
    /// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
    static let namespaces: UInt32 =
        0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000
}

/// `asm-generic/mman-common.h`, the same on both architectures.
private enum Protection {
    static let write: UInt32 = 2
    static let execute: UInt32 = 4
    static let anonymous: UInt32 = 0x20
}

/// `linux/prctl.h`. Not among them: the parent-death signal, dumpable, the ptracer, seccomp, capabilities.
private enum Control {
    static let harmless: [UInt32] = [
        2,  // PR_GET_PDEATHSIG
        3,  // PR_GET_DUMPABLE
        15, 16,  // PR_SET_NAME, PR_GET_NAME: of a thread
        21,  // PR_GET_SECCOMP
        23,  // PR_CAPBSET_READ
        29, 30,  // PR_SET_TIMERSLACK, PR_GET_TIMERSLACK
        39,  // PR_GET_NO_NEW_PRIVS
        40,  // PR_GET_TID_ADDRESS
        0x5356_4D41,  // PR_SET_VMA: names of anonymous mappings
    ]
}

private enum DescriptorControl {
    /// `fcntl.h`. Not among them: F_SETOWN, F_SETOWN_EX and F_SETSIG, by which the kernel would send any signal to the
    /// host in the plugin's name; leases; notices about folders.
    static let commands: [UInt32] = [
        0, 1030,  // F_DUPFD, F_DUPFD_CLOEXEC
        1, 2, 3, 4,  // F_GETFD, F_SETFD, F_GETFL, F_SETFL
        5, 6, 7,  // F_GETLK, F_SETLK, F_SETLKW
        36, 37, 38,  // F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW
        1031, 1032,  // F_SETPIPE_SZ, F_GETPIPE_SZ
        1033, 1034,  // F_ADD_SEALS, F_GET_SEALS
    ]
    /// `asm-generic/ioctls.h`: TCGETS and TCGETS2 (isatty), TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
    static let requests: [UInt32] = [0x5401, 0x802C_542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451]
}
