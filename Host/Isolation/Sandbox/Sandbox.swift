internal import Glibc
internal import KernelCalls
internal import Synchronization

/// The way of a process into its sandbox: once, before it maps any code that it does not trust.
///
/// The process must have one thread, since Landlock and credentials hold for the calling thread and those it starts.
/// The order is fixed: each step still needs what the next ones take away.
package enum Sandbox {
    private enum State: Sendable {
        case outside
        case inside(FilterContext?)
        case sealed
    }

    private static let state = Mutex(State.outside)

    /// Gives up all that the level takes. There is no way back; after an error the process must end.
    ///
    /// Trapped calls are reported on descriptor 2. A parent-death signal that was set before stays.
    package static func enter(_ settings: SandboxSettings) throws(SandboxError) -> SandboxReport {
        let start = now()
        let support = SandboxSupport.probe()
        if let missing = support.missing(for: settings.level) { throw SandboxError(.missing, missing) }
        guard case .outside = state.withLock({ $0 }) else {
            throw SandboxError(
                .state, "This process is in its sandbox already; each plugin needs a process of its own.")
        }
        try requireOneThread()
        guard settings.protectedDescriptors.lowerBound == 0 else {
            throw SandboxError(
                .settings,
                "Protected descriptors start at \(settings.protectedDescriptors.lowerBound); they must start at 0.")
        }
        // Paths are found before any limit is near.
        let rules = LandlockRule.rules(settings, libraries: Landlock.mappedLibraries())
        var report = SandboxReport(
            level: settings.level, landlockABI: 0, namespaces: [], threadsLimited: false, filterLength: 0,
            nanoseconds: 0)
        var context: FilterContext?

        try ResourceLimits.apply(settings)
        if settings.level != .none {
            try Privileges.noNewOnes()
            report.namespaces = try Namespaces.enter()
            report.threadsLimited = try ThreadLimit.apply(
                settings.threads, ownUserNamespace: report.namespaces.contains("user"))
            try Privileges.drop()
            try Privileges.notDumpable()
            if settings.level == .strict {
                try Landlock.enforce(rules, abi: support.landlockABI)
                report.landlockABI = support.landlockABI
            }
            let here = FilterContext(
                architecture: .current, process: UInt32(getpid()),
                lastProtectedDescriptor: UInt32(settings.protectedDescriptors.upperBound))
            forgetCrashHandlers()
            let answer = kernel_report_trapped_calls(2)
            guard answer == 0 else {
                throw SandboxError(.failed, "SIGSYS has no handler: \(ErrorNumber.text(-answer)).")
            }
            report.filterLength = try install(SystemCallFilter.entry(here))
            context = here
        }
        state.withLock { $0 = .inside(context) }
        report.nanoseconds = now() - start
        return report
    }

    /// After the plugin's library is mapped: no new code in this process, whichever thread asks. Holds for what the
    /// plugin does when it works on what others sent. The library's own constructors have run before.
    package static func seal() throws(SandboxError) {
        guard case .inside(let context) = state.withLock({ $0 }) else {
            throw SandboxError(.state, "A sandbox is sealed once, after it was entered.")
        }
        if let context {
            // pthread_cancel and backtrace load it when they are first called, which would then be too late. A system
            // without it has nothing that needs it.
            _ = kernel_preload("libgcc_s.so.1")
            _ = try install(SystemCallFilter.seal(context))
        }
        state.withLock { $0 = .sealed }
    }

    private static func install(_ filter: [FilterInstruction]) throws(SandboxError) -> Int {
        let program = filter.map {
            kernel_filter_instruction(
                code: $0.code, jump_true: $0.jumpTrue, jump_false: $0.jumpFalse, constant: $0.constant)
        }
        let answer = kernel_seccomp_install(program, program.count)
        guard answer == 0 else {
            throw SandboxError(.failed, "The filter of system calls was not installed: \(ErrorNumber.text(-answer)).")
        }
        return program.count
    }

    /// The Swift runtime's handler of crashes starts another program, with all signals blocked. Here that is refused,
    /// and would end the process with SIGSYS. Without a handler it ends with the signal that tells what happened.
    private static func forgetCrashHandlers() {
        for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
    }

    private static func requireOneThread() throws(SandboxError) {
        guard let folder = opendir("/proc/self/task") else {
            throw SandboxError(.state, "/proc/self/task cannot be read: the sandbox needs /proc mounted.")
        }
        defer { closedir(folder) }
        var threads = 0
        while let entry = readdir(folder) {
            if entry.pointee.d_name.0 != 0x2E { threads += 1 }
        }
        guard threads == 1 else {
            throw SandboxError(
                .state, "The process has \(threads) threads; a sandbox is entered before a second one is started.")
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
