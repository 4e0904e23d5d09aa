import Glibc
import KernelCalls

/// What a process has, as /proc tells: for checks that compare before and after.
package enum ProcessState {
    /// Threads of this process.
    package static var threads: Int { entries("/proc/self/task").count }

    /// Open descriptors with what they lead to, such as "5 -> socket:[123]".
    package static var descriptors: [String] {
        entries("/proc/self/fd").compactMap { name -> String? in
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = readlink("/proc/self/fd/\(name)", &buffer, buffer.count)
            // The one that lists is closed by now.
            guard count > 0 else { return nil }
            return "\(name) -> \(String(decoding: buffer[..<count], as: UTF8.self))"
        }
    }

    /// Bytes that malloc has given out and not got back, large blocks included: what malloc_info(3) tells. Nil where the C
    /// library does not tell.
    package static var allocated: Int? {
        // Declared in malloc.h, which Swift does not import.
        typealias Info = @convention(c) (Int32, UnsafeMutablePointer<FILE>?) -> Int32
        guard let symbol = dlsym(nil, "malloc_info") else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        var size = 0
        guard let stream = open_memstream(&text, &size) else { return nil }
        let status = unsafeBitCast(symbol, to: Info.self)(0, stream)
        fclose(stream)
        defer { free(text) }
        guard status == 0, let text else { return nil }
        // The totals of all arenas stand behind the last arena.
        let lines = String(cString: text).split(separator: "\n").reversed().prefix { !$0.hasPrefix("</heap>") }
        func value(_ start: String) -> Int? {
            // <total type="rest" count="3" size="4096"/>
            guard let line = lines.first(where: { $0.hasPrefix(start) }) else { return nil }
            return line.split(separator: "\"").dropFirst(line.contains("count=") ? 5 : 3).first.flatMap { Int($0) }
        }
        guard let current = value("<system type=\"current\""), let fast = value("<total type=\"fast\""),
            let rest = value("<total type=\"rest\"")
        else { return nil }
        return current - fast - rest + (value("<total type=\"mmap\"") ?? 0)
    }

    /// Nanoseconds of processor time of all threads.
    package static var processorTime: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * BenchClock.second + Int64(time.tv_nsec)
    }

    /// Signals whose handling is not the default, with the handler's address.
    package static var signalHandlers: [Int32: UInt] {
        var handlers: [Int32: UInt] = [:]
        for number: Int32 in 1...31 where number != SIGKILL && number != SIGSTOP {
            var action = sigaction()
            guard sigaction(number, nil, &action) == 0 else { continue }
            let handler = unsafeBitCast(action.__sigaction_handler, to: UInt.self)
            if handler != 0 { handlers[number] = handler }
        }
        return handlers
    }

    package static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }

    package static var fileMask: UInt32 {
        let mask = umask(0o22)
        umask(mask)
        return mask
    }

    /// NAME=VALUE, sorted.
    package static var environment: [String] {
        var variables: [String] = []
        var at = environ
        while let entry = at.pointee {
            variables.append(String(cString: entry))
            at += 1
        }
        return variables.sorted()
    }

    private static func entries(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}

/// What of a process belongs to all of it, so that a plugin has no business to change it.
package struct ProcessSettings: Equatable {
    private let handlers = ProcessState.signalHandlers
    private let directory = ProcessState.workingDirectory
    private let mask = ProcessState.fileMask
    private let environment = ProcessState.environment

    package init() {}

    /// What is different now, in sentences.
    package var changes: [String] {
        let now = ProcessSettings()
        var changes: [String] = []
        for number in Set(handlers.keys).union(now.handlers.keys).sorted()
        where handlers[number] != now.handlers[number] {
            changes.append("the handler of signal \(number) (\(String(cString: strsignal(number)))) was changed")
        }
        if directory != now.directory { changes.append("the working directory is \(now.directory) now") }
        if mask != now.mask { changes.append("the file mode creation mask is \(String(now.mask, radix: 8)) now") }
        for variable in Set(now.environment).symmetricDifference(environment).sorted() {
            let name = variable.prefix { $0 != "=" }
            changes.append("the environment variable \(name) was changed")
        }
        return changes
    }
}
