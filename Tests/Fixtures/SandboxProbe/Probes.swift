import Dispatch
import Glibc
import Isolation
import KernelCalls
import Synchronization

/// Things to try that take more than one call.
enum Probes {
    /// Starts threads that wait, up to `count`. How many there were.
    static func threads(_ count: Int) -> Int {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        pthread_attr_setstacksize(attributes, 65536)
        var started = 0
        while started < count {
            var thread = pthread_t()
            let answer = pthread_create(
                &thread, attributes,
                { _ in
                    while true { pause() }
                }, nil)
            if answer != 0 { break }
            started += 1
        }
        return started
    }

    static func oneThread() -> Int { threads(1) }

    static func parentDeathSignal() -> Int {
        var signal: Int32 = 0
        let answer = withUnsafeMutablePointer(to: &signal) {
            kernel_prctl(2, UInt(bitPattern: $0), 0, 0)  // PR_GET_PDEATHSIG
        }
        return answer == 0 ? Int(signal) : answer
    }

    /// Ways to executable memory.
    enum Way: String {
        /// Anonymous and executable at once.
        case anonymous
        /// Writable first.
        case changed
        /// A file that is code already.
        case file
        /// A file, writable and executable.
        case writableFile
    }

    static func executablePages(_ way: Way) -> Int {
        let anonymous = MAP_PRIVATE | MAP_ANONYMOUS
        let library = way == .file || way == .writableFile ? open("/proc/self/exe", O_RDONLY) : -1
        let file = library >= 0 ? library : open(CommandLine.arguments[0], O_RDONLY)
        let page: UnsafeMutableRawPointer?
        switch way {
        case .anonymous: page = mmap(nil, 4096, PROT_READ | PROT_EXEC, anonymous, -1, 0)
        case .changed: page = mmap(nil, 4096, PROT_READ | PROT_WRITE, anonymous, -1, 0)
        case .file: page = mmap(nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0)
        case .writableFile: page = mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, file, 0)
        }
        if page == MAP_FAILED { return -Int(errno) }
        if way == .changed && mprotect(page, 4096, PROT_READ | PROT_EXEC) != 0 { return -Int(errno) }
        return 0
    }

    /// What the Swift runtime and the C library need: threads, queues, tasks, clocks, random numbers, descriptors that
    /// count. 0 if all of it works, else the number of the first that does not.
    static func runtime() -> Int {
        let sum = Mutex(0)
        let group = DispatchGroup()
        for number in 1...50 {
            DispatchQueue.global().async(group: group) { sum.withLock { $0 += number } }
        }
        group.wait()
        guard sum.withLock({ $0 }) == 1275 else { return 1 }

        let done = DispatchSemaphore(value: 0)
        Task {
            let total = await withTaskGroup(of: Int.self) { tasks in
                for number in 1...50 { tasks.addTask { number } }
                return await tasks.reduce(0, +)
            }
            try? await Task.sleep(for: .milliseconds(1))
            sum.withLock { $0 = total }
            done.signal()
        }
        done.wait()
        guard sum.withLock({ $0 }) == 1275 else { return 2 }

        if Set((0..<8).map { _ in UInt64.random(in: .min ... .max) }).count != 8 { return 3 }
        if "\(1.5) \(String(describing: [1: "a"]))".isEmpty { return 4 }
        var ends: [Int32] = [0, 0]
        if pipe(&ends) != 0 { return 5 }
        for name in ["epoll_create1", "eventfd2", "timerfd_create"] {
            if kernel_call(SystemCalls.number(of: name)!, 0, 0, 0, 0, 0, 0) < 0 { return 6 }
        }
        var local = tm()
        var moment = time(nil)
        if localtime_r(&moment, &local) == nil { return 7 }
        if sysconf(Int32(_SC_NPROCESSORS_ONLN)) < 1 { return 8 }
        var name = utsname()
        if uname(&name) != 0 { return 9 }
        // Larger than the threshold of mmap, grown and shrunk.
        var block = malloc(1 << 20)
        block = realloc(block, 4 << 20)
        if block == nil { return 10 }
        free(block)
        if isatty(1) != 0 { return 11 }
        let clock = ContinuousClock()
        if clock.now.duration(to: clock.now) > .seconds(60) { return 12 }
        return 0
    }
}
