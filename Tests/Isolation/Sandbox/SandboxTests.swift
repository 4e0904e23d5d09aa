import Glibc
import Isolation
import Testing

/// A real process in a real sandbox, on a kernel that has what `strict` needs.
@Suite(.enabled(if: SandboxSupport.probe().missing(for: .strict) == nil))
struct SandboxTests {
    private let refused = "-1"  // EPERM
    private let denied = "-13"  // EACCES

    private static func temporary() throws -> String {
        var template = Array("/tmp/jackfield-sandbox-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template))
        return String(cString: folder)
    }

    @Test(arguments: [
        "socket,1,1,0", "socket,2,1,0", "socket,2,2,0", "socket,2,3,1", "socket,10,1,0", "socket,16,3,0",
        "socket,17,3,0",
        "socketpair,1,1,0,0", "fork", "vfork", "clone,17,0,0,0,0", "execve,@/bin/true,0,0",
        "execveat,-100,@/bin/true,0,0,0",
        "ptrace,16,parent,0,0", "process_vm_readv,parent,0,0,0,0,0", "kill,parent,0", "kill,0,0", "kill,-1,0",
        "tgkill,parent,parent,0", "rt_sigqueueinfo,parent,9,0", "pidfd_open,parent,0", "bpf,0,0,0",
        "io_uring_setup,1,0",
        "userfaultfd,0", "perf_event_open,0,0,0,0,0", "keyctl,0,0,0,0,0", "add_key,0,0,0,0,0", "mount,0,0,0,0,0",
        "fsopen,@tmpfs,0", "unshare,268435456", "setns,0,0", "init_module,0,0,0", "reboot,0,0,0,0", "chroot,@/",
        "personality,4194304", "setuid,0", "setresuid,0,0,0", "capset,0,0", "setrlimit,9,0", "prlimit64,0,9,4096,0",
        "prlimit64,parent,9,0,0", "prctl,4,1", "prctl,1,0", "fcntl,3,8,parent", "fcntl,3,10,9", "close,3", "close,2",
        "dup2,1,3",
        "dup3,0,2,0", "close_range,3,100,0", "memfd_create,@x,0", "shmget,0,4096,512", "msgget,0,512",
        "rt_sigaction,31,4096,0,8",
        "seccomp,1,0,0", "chmod,@/tmp,511", "fchmod,0,511", "utimensat,-100,@/tmp,0,0", "inotify_init1,0",
        "setpgid,0,0",
        "setsid", "landlock_create_ruleset,0,0,1", "ioctl,1,21522,4096",
    ])
    func aForbiddenCallIsRefusedReportedByNameAndSurvived(call: String) throws {
        let name = String(call.prefix { $0 != "," })
        guard SystemCalls.number(of: name) != nil else { return }
        let run = try ProbeRun(["call=\(call)", "runtime"])
        #expect(run["call"] == refused)
        let violations = run.reports.compactMap { SandboxViolation(line: $0) }
        #expect(violations.map(\.name) == [name])
        #expect(run["runtime"] == "0")
        #expect(run.status == 0)
    }

    @Test func aCallThatIsMadeAgainAndAgainIsReportedFewTimes() throws {
        let run = try ProbeRun([String](repeating: "call=socket,2,1,0", count: 100))
        #expect(run.all("call") == [String](repeating: refused, count: 100))
        #expect(run.reports.compactMap { SandboxViolation(line: $0)?.count } == [1, 2, 4, 8, 16, 32, 64])
    }

    @Test func callsThatLibrariesTryFirstAreAbsentWithoutAReport() throws {
        let run = try ProbeRun(["call=clone3,0,0", "call=openat2,0,0,0,0", "call=9999"])
        #expect(run.all("call") == ["-38", "-38", "-38"])
        #expect(run.reports.isEmpty)
    }

    #if arch(x86_64)
        @Test func numbersOfAnotherTableEndTheProcess() throws {
            let run = try ProbeRun(["call=1073741825,1,0,0", "runtime"])
            #expect(run.signal == SIGSYS)
            #expect(run["runtime"] == nil)
        }
    #endif

    @Test func whatTheSwiftRuntimeAndTheCLibraryNeedWorksAndIsNoViolation() throws {
        let run = try ProbeRun(["runtime", "seal", "runtime", "call=kill,self,0"])
        #expect(run.all("runtime") == ["0", "0"])
        #expect(run["call"] == "0")
        #expect(run.reports.isEmpty)
    }

    /// libdispatch opens it now and then for each of its threads, and crashes if it cannot.
    @Test func theStatusOfAThreadOpensTheWayLibdispatchAsksAndNothingElseDoes() throws {
        let run = try ProbeRun([
            "call=openat,-100,@/proc/1/stat,2048", "call=openat,-100,@/proc/1/status,2048",
            "call=openat,-100,@/etc/passwd,2048",
            "call=openat,-100,@/proc/x/stat,2048", "call=openat,-100,@/nowhere,2048", "call=openat,-100,0,2048",
            "call=openat,-100,@/dev/null,2048", "read=/proc/1/stat",
        ])
        let answers = run.all("call").compactMap { Int($0) }
        #expect(answers.count == 7)
        #expect(answers.first ?? -1 >= 0 && answers.last ?? -1 >= 0)
        #expect(answers.dropFirst().dropLast() == [-13, -13, -2, -2, -14])
        #expect(run["read"] == denied)
        #expect(run.reports.isEmpty)
    }

    @Test func onlyGrantedFilesOpen() throws {
        let folder = try Self.temporary()
        let granted = try Self.temporary()
        let file = granted + "/file"
        close(open(file, O_WRONLY | O_CREAT, 0o600))
        defer {
            unlink(file)
            unlink(folder + "/x")
            rmdir(folder)
            rmdir(granted)
        }
        let run = try ProbeRun([
            "temporary=\(folder)", "readable=\(granted)", "read=/etc/passwd", "read=/proc/self/environ", "list=/",
            "list=/home",
            "read=/dev/null", "read=/dev/urandom", "read=\(file)", "write=\(file)", "truncate=\(file)",
            "write=\(granted)/other", "write=\(folder)/x", "write=/tmp/jackfield-sandbox-escaped", "list=\(granted)",
        ])
        #expect(run.all("read") == [denied, denied, "0", "0", "0"])
        #expect(run.all("list") == [denied, denied, "0"])
        #expect(run.all("write") == [denied, denied, "0", denied])
        #expect(run["truncate"] == denied)
        #expect(access("/tmp/jackfield-sandbox-escaped", F_OK) != 0)
    }

    @Test func thereIsNoWayToTheHostsMemoryAndEnvironmentEvenWithProcGranted() throws {
        let parent = "/proc/\(getpid())"
        let run = try ProbeRun([
            "readable=/proc", "read=/proc/stat", "read=\(parent)/environ", "read=\(parent)/mem", "read=\(parent)/maps",
            "write=/proc/self/mem",
        ])
        #expect(run.all("read").first == "0")
        #expect(run.all("read").dropFirst().allSatisfy { $0 == denied || $0 == refused })
        #expect(run["write"] == denied)
    }

    @Test func codeComesFromFilesBeforeTheSealAndFromNowhereAfter() throws {
        let run = try ProbeRun([
            "executable=\(ProbeRun.folder)", "pages=anonymous", "pages=changed", "pages=writableFile", "pages=file",
            "load=libresolv.so.2", "seal", "pages=file", "load=libnsl.so.1", "load=libthread_db.so.1",
            "pages=anonymous",
        ])
        #expect(run.all("pages") == [refused, refused, refused, "0", refused, refused])
        #expect(run.all("load") == ["0", "-1", "-1"])
    }

    @Test func aSandboxIsSealedOnceAndAProcessWithTwoThreadsIsRefused() throws {
        let twice = try ProbeRun(["seal", "seal"])
        #expect(twice.all("seal") == ["0"])
        #expect(twice["refused"]?.contains("sealed once") == true)
        let threads = try ProbeRun(["before-thread", "runtime"])
        #expect(threads["refused"]?.contains("2 threads") == true)
        #expect(threads["entered"] == nil)
    }

    @Test func aGrantThatIsNotThereIsRefusedWithItsPath() throws {
        let run = try ProbeRun(["readable=/nowhere/at/all", "runtime"])
        #expect(run["refused"]?.contains("/nowhere/at/all") == true)
        #expect(run["refused"]?.contains("grants.read") == true)
        #expect(run["runtime"] == nil)
    }

    @Test func limitsHold() throws {
        let folder = try Self.temporary()
        defer {
            unlink(folder + "/x")
            rmdir(folder)
        }
        let run = try ProbeRun([
            "temporary=\(folder)", "fileSize=131072", "memory=67108864", "threads=16", "fill=\(folder)/x",
            "memory-map=33554432",
            "memory-map=1073741824", "report", "start-threads=100",
        ])
        #expect(run["fill"] == "131072")
        #expect(run.all("memory-map") == ["0", "-12"])
        // Without CAP_SETUID and user namespaces nobody counts the threads, and the report says so.
        #expect(run["start-threads"] == (run["threadsLimited"] == "true" ? "15" : "100"))
        #expect(run.reports.isEmpty)
    }

    @Test func aLoopWithoutEndEndsByItsProcessorTime() throws {
        let run = try ProbeRun(["cpu=1", "spin"])
        #expect(run.signal == SIGXCPU || run.signal == SIGKILL)
    }

    @Test func theParentDeathSignalSurvivesTheEntry() throws {
        let run = try ProbeRun(["before-death", "death"])
        #expect(run["death"] == "9")
    }

    @Test func basicIsTheFilterWithoutLandlock() throws {
        let run = try ProbeRun(["level=basic", "report", "read=/etc/passwd", "call=socket,2,1,0"])
        #expect(run["landlock"] == "0")
        #expect(run["read"] == "0")
        #expect(run["call"] == refused)
    }

    @Test func noneIsLimitsAlone() throws {
        let run = try ProbeRun([
            "level=none", "memory=67108864", "call=getsockname,0", "memory-map=1073741824", "seal", "pages=anonymous",
        ])
        #expect(run["call"] == "-88")  // ENOTSOCK: the call was made
        #expect(run["memory-map"] == "-12")
        #expect(run["pages"] == "0")
        #expect(run.reports.isEmpty)
    }

    @Test func theReportTellsEachPromiseAndTheTimeItTook() throws {
        let run = try ProbeRun(["report"])
        #expect(run.all("promise").contains { $0.contains("No socket of any family") })
        #expect(run.all("promise").count >= 9)
        let nanoseconds = try #require(run["nanoseconds"].flatMap { UInt64($0) })
        print("sandbox set-up: \(nanoseconds / 1000) µs, filter of \(run["filterLength"] ?? "?") instructions")
        #expect(nanoseconds > 0)
    }
}
