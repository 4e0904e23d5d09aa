internal import Glibc
internal import KernelCalls

/// The layer that decides about files, and since ABI 4 about TCP, since ABI 6 about signals and abstract sockets to
/// processes outside. Once enforced it holds for this thread and all that it starts.
enum Landlock {
    /// The oldest version that is enough for `strict`: before it, files could be cut to nothing without any right.
    static let leastABI = 3

    /// O_PATH: the same number on both architectures; the C library's module does not show it.
    private static let onlyAPath: Int32 = 0o10000000

    /// Forbids whatever the rules do not allow.
    static func enforce(_ rules: [LandlockRule], abi: Int) throws(SandboxError) {
        let handled = LandlockRights.all(abi: abi)
        // Nothing allows these: no TCP port is bound or connected, no signal and no abstract socket crosses the border.
        let tcp: UInt64 = abi >= 4 ? 0b11 : 0
        let scopes: UInt64 = abi >= 6 ? 0b11 : 0
        let ruleSet = kernel_landlock_create(Int32(abi), handled.rawValue, tcp, scopes)
        guard ruleSet >= 0 else {
            throw SandboxError(.failed, "Landlock made no set of rules: \(ErrorNumber.text(-ruleSet)).")
        }
        defer { close(ruleSet) }
        for rule in rules { try add(rule, to: ruleSet, handled) }
        let answer = kernel_landlock_enforce(ruleSet)
        guard answer == 0 else {
            throw SandboxError(.failed, "Landlock did not enforce its rules: \(ErrorNumber.text(-answer)).")
        }
    }

    private static func add(_ rule: LandlockRule, to ruleSet: Int32, _ handled: LandlockRights) throws(SandboxError) {
        let path = open(rule.path, onlyAPath | O_CLOEXEC)
        guard path >= 0 else {
            guard let namedBy = rule.namedBy else { return }
            throw SandboxError(
                .settings,
                "\(rule.path), from \(namedBy), cannot be opened: \(ErrorNumber.text(errno)). Name a path that "
                    + "exists, or leave it out.")
        }
        defer { close(path) }
        var rights = rule.rights.intersection(handled)
        var status = stat()
        if fstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { rights.formIntersection(.ofFiles) }
        let answer = kernel_landlock_allow(ruleSet, path, rights.rawValue)
        guard answer == 0 else {
            throw SandboxError(.failed, "Landlock took no rule for \(rule.path): \(ErrorNumber.text(-answer)).")
        }
    }

    /// Paths of the libraries that are mapped now.
    static func mappedLibraries() -> [String] {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
            let count = kernel_loaded_libraries(buffer.baseAddress, buffer.count)
            // By hand: the first use of a generic `split` in a process costs a fifth of a millisecond.
            var paths: [String] = []
            var at = 0
            while at < count {
                paths.append(String(cString: buffer.baseAddress! + at))
                at += strlen(buffer.baseAddress! + at) + 1
            }
            return paths
        }
    }
}
