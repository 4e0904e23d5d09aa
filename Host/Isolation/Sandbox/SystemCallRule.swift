/// What the filter does with a system call. All from `newThread` on look at arguments.
package enum SystemCallRule: UInt8, Sendable, CaseIterable {
    case allow
    /// The caller sees EPERM and the host hears of it.
    case refuse
    /// The caller sees ENOSYS, as on a kernel without the call, and nobody hears of it.
    case absent
    /// The caller sees 0 and nothing happens.
    case ignore
    /// `clone` for a thread of this process.
    case newThread
    /// The first argument is this process.
    case ownProcess
    /// The first argument is 0: the calling thread.
    case callingThread
    /// `prlimit64` of this process that changes nothing.
    case limitQueries
    /// `prctl` that names things or asks.
    case harmlessControls
    /// `arch_prctl` that asks.
    case registerQueries
    /// `fcntl` but for what makes a process the owner of signals, leases and notices.
    case descriptorsWithoutOwner
    /// `ioctl` that asks, and the two flags of a descriptor.
    case descriptorQueries
    /// The first argument is no descriptor of the runner.
    case runnersDescriptorsStay
    /// The second argument is no descriptor of the runner.
    case runnersDescriptorsStayTargets
    /// `openat`, but for the one combination of flags by which libdispatch asks how its threads are; the handler of
    /// refused calls answers that. See `trapped_calls.c`.
    case openButForThreadStatus
    /// `rt_sigaction` on other signals than SIGSYS, or that only asks.
    case otherSignals
    /// `mmap` that is not executable, or maps a file for execution without writing.
    case codeFromFiles
    /// `mmap` that is not executable. After the seal.
    case noNewCode
    /// `mprotect` that does not make executable.
    case neverCode
    /// `seccomp` that adds a filter for all threads, or asks.
    case sealing
    /// `seccomp` that asks. After the seal.
    case sealed
}
