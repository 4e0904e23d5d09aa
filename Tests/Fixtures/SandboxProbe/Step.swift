import Glibc
import Isolation
import KernelCalls

/// One thing to try. The answer is 0 or more, or an errno below 0.
struct Step {
    var name: String
    var value: String

    /// Taken before the sandbox is entered.
    var isBefore: Bool { name.hasPrefix("before-") }

    func take(_ library: inout UnsafeMutableRawPointer?) -> Int {
        switch name {
        case "call": return call()
        case "read": return close(after: open(value, O_RDONLY | O_CLOEXEC))
        case "write": return close(after: open(value, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
        case "truncate": return truncate(value, 0) == 0 ? 0 : -Int(errno)
        case "list":
            guard let folder = opendir(value) else { return -Int(errno) }
            closedir(folder)
            return 0
        case "load":
            library = dlopen(value, RTLD_NOW)
            return library == nil ? -1 : 0
        case "invoke":
            guard let symbol = dlsym(library, value) else { return -1 }
            return Int(unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)())
        case "fill": return fill()
        case "start-threads": return Probes.threads(Int(value)!)
        case "memory-map":
            let map = mmap(nil, Int(value)!, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            return map == MAP_FAILED ? -Int(errno) : 0
        case "spin":
            while kernel_call(-1, 0, 0, 0, 0, 0, 0) < 0 {}
            return 0
        case "before-thread": return Probes.oneThread()
        case "before-death": return Int(kernel_prctl(1, UInt(SIGKILL), 0, 0))
        case "death": return Probes.parentDeathSignal()
        case "runtime": return Probes.runtime()
        case "pages": return Probes.executablePages(Probes.Way(rawValue: value)!)
        default: return -9999
        }
    }

    /// `NAME,ARGUMENT,...`: numbers in decimal, `self`, `parent`, or `@TEXT` for a pointer to text.
    private func call() -> Int {
        let parts = value.split(separator: ",").map(String.init)
        guard let number = SystemCalls.number(of: parts[0]) ?? Int(parts[0]) else { return -9998 }
        var arguments = parts.dropFirst().map { argument -> UInt in
            switch argument {
            case "self": return UInt(getpid())
            case "parent": return UInt(getppid())
            default: break
            }
            if argument.hasPrefix("@") { return UInt(bitPattern: strdup(String(argument.dropFirst()))) }
            return UInt(argument) ?? UInt(bitPattern: Int(argument) ?? 0)
        }
        while arguments.count < 6 { arguments.append(0) }
        return kernel_call(
            number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
    }

    private func close(after file: Int32) -> Int {
        guard file >= 0 else { return -Int(errno) }
        Glibc.close(file)
        return 0
    }

    /// Writes 64 KiB to a file until it is refused, at most 1 MiB. The bytes written.
    private func fill() -> Int {
        let file = open(value, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return -Int(errno) }
        defer { Glibc.close(file) }
        let block = [UInt8](repeating: 1, count: 65536)
        var written = 0
        while written < 1 << 20 {
            let count = Glibc.write(file, block, block.count)
            if count <= 0 { break }
            written += count
        }
        return written
    }
}
